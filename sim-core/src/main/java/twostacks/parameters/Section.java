package twostacks.parameters;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Title and default lever of a record of parameters. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Section {
    /** Title in listings. */
    String title();

    /** The lever its parameters belong to unless one says otherwise. */
    Group group() default Group.REST;
}
