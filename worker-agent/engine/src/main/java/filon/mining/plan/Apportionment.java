package filon.mining.plan;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Places given out by weight: one to each, the rest by largest remainders (Hamilton's method). */
final class Apportionment {
    private Apportionment() {}

    /** @param places as many as there are portions at least */
    static Map<Portion, Integer> of(List<Portion> portions, int places) {
        double total = portions.stream().mapToInt(Portion::weight).sum();
        Map<Portion, Double> due = portions.stream()
                .collect(Collectors.toMap(portion -> portion, portion -> places * portion.weight() / total));
        Map<Portion, Integer> given = new HashMap<>();
        portions.forEach(portion -> given.put(portion, Math.max(1, (int) Math.floor(due.get(portion)))));
        int left = places - given.values().stream().mapToInt(Integer::intValue).sum();
        for (; left > 0; left--) {
            given.merge(furthest(portions, due, given), 1, Integer::sum);
        }
        for (; left < 0; left++) {
            Portion richest = portions.stream()
                    .filter(portion -> given.get(portion) > 1)
                    .max(Comparator.comparingDouble(portion -> given.get(portion) - due.get(portion)))
                    .orElseThrow();
            given.merge(richest, -1, Integer::sum);
        }
        return given;
    }

    private static Portion furthest(List<Portion> portions, Map<Portion, Double> due, Map<Portion, Integer> given) {
        return portions.stream()
                .max(Comparator.comparingDouble(portion -> due.get(portion) - given.get(portion)))
                .orElseThrow();
    }
}
