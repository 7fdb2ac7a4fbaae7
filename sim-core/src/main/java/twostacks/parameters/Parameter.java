package twostacks.parameters;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The one home of a parameter: the record component that carries this annotation.
 *
 * <p>Everything else that speaks of a parameter (validation, schema, sweep axes, sliders, data dictionary, listings) is
 * derived from it by {@link ParameterSpace}. Arrays hold one number for all keys, or one for each key in order.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Parameter {
    /** What the number means, as a phrase. */
    String meaning();

    /** Unit; {@code "1"} for a pure number. */
    String unit();

    /** Value unless a scenario says otherwise. */
    double[] baseline();

    /** Lower end of the plausible range: what sweeps, sliders and priors start from. */
    double[] low();

    /** Upper end of the plausible range. */
    double[] high();

    /** Least value that the model's equations allow. */
    double min() default 0;

    /** Greatest value that the model's equations allow. */
    double max() default 1;

    /** What there is one value for. */
    Key by() default Key.NONE;

    /** How the baseline was arrived at; one for all keys, or one for each. */
    Basis[] basis();

    /** Author, year, table or command; for a judgement, the reasoning. */
    String source();

    /** The lever it belongs to; empty means its section's. */
    Group[] group() default {};

    /** Names of the values 0, 1, …, for a parameter that is a choice; empty for a number. */
    String[] choices() default {};

    /** Whether it is read once, at the start of a run, so that no event may change it. */
    boolean fixedAtStart() default false;
}
