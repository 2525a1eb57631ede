package filon.e2e;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packages through which a feature meets the world: HTTP, databases, brokers, clocks that tick, devices, pools. */
final class Doors {
    static final String[] PACKAGES = {
        "..rest..",
        "..store..",
        "..messaging..",
        "..oidc..",
        "..kafka..",
        "..opencl..",
        "..stratum..",
        "..wire..",
        "..schedule.."
    };
    private static final Pattern DOOR =
            Pattern.compile("(filon\\..+?)\\.(rest|store|messaging|oidc|kafka|opencl|stratum|wire|schedule)(\\..*)?");

    private Doors() {}

    static ArchCondition<JavaClass> onlyBeEnteredThroughTheirOwnFeature() {
        return new ArchCondition<>("use doors of their own feature only") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    if (isForeignDoor(type.getPackageName(), dependency.getTargetClass())) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isForeignDoor(String from, JavaClass target) {
        Matcher door = DOOR.matcher(target.getPackageName());
        return door.matches() && !from.equals(door.group(1)) && !from.startsWith(door.group(1) + ".");
    }
}
