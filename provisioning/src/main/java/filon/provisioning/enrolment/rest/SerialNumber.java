package filon.provisioning.enrolment.rest;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A machine's serial number as people and agents give it: up to 64 printable ASCII characters, perhaps none. */
@Size(max = 64)
@Pattern(regexp = "[ -~]*", message = "has to be printable ASCII")
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface SerialNumber {
    String message() default "is no serial number";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
