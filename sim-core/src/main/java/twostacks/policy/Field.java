package twostacks.policy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a component of an {@link Intervention} means in a file; reading, checking and schema derive from it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {
    /** Meaning as a phrase. */
    String value();

    /** Least number allowed. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Greatest number allowed. */
    double max() default Double.POSITIVE_INFINITY;

    /** Value if the file has none; {@code "required"} if it must have one; empty for an empty list or no value. */
    String orElse() default "required";

    /** What the names of a list are, where they are names. */
    Names names() default Names.NONE;

    /** Kinds of names that a component may hold. */
    enum Names {
        /** Not names. */
        NONE,
        /** Labs of the scenario. */
        LABS,
        /** ISO 3166 alpha-3 codes; an empty list means every nation. */
        NATIONS,
        /** Destination tiers: 1, 2, 3, CN, US. */
        TIERS,
        /** Segments of the scenario. */
        SEGMENTS,
        /** Dotted name of a parameter. */
        PARAMETER
    }
}
