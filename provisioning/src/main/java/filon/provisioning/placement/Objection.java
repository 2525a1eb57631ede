package filon.provisioning.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Why one host cannot take an order. */
record Objection(Hurdle hurdle, String host, String why) {
    /** How near the host was to taking it; the later, the nearer. */
    enum Hurdle {
        STATE,
        SITE,
        SILENCE,
        MAINTENANCE,
        DEVICES,
        SPARES
    }

    private static final Comparator<Objection> NEAREST_FIRST =
            Comparator.comparing(Objection::hurdle).reversed().thenComparing(Objection::text);

    /**
     * The reasons in the order of their hosts' names. Where there are too many, those of the hosts that were nearest are told: what can
     * be done about it must not be lost among machines that are out of service.
     */
    static List<String> told(List<Objection> objections) {
        List<String> told = new ArrayList<>(objections.stream()
                .sorted(NEAREST_FIRST)
                .limit(Placement.REASONS_MAX)
                .map(Objection::text)
                .sorted()
                .toList());
        if (objections.size() > Placement.REASONS_MAX) {
            told.add("and " + (objections.size() - Placement.REASONS_MAX) + " more hosts");
        }
        return told;
    }

    private String text() {
        return "host " + host + ": " + why;
    }
}
