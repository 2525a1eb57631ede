package filon.practice.journey;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.pool.ShareVerdict;
import filon.practice.book.PoolError;
import filon.practice.book.Receipt;
import filon.practice.book.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the miner's books with its pools', share by share. */
final class Agreement {
    private Agreement() {}

    /** Asserts that both tell the same, and says how often what happened. */
    static Map<String, Long> of(SimulatedRig rig, String about) {
        Map<String, List<Optional<Receipt>>> deliveries = new HashMap<>();
        rig.network().deliveries().forEach(each -> {
            assertThat(each.host())
                    .as("%s: a share at the pool its job came from", about)
                    .isEqualTo(each.share().pool().host());
            deliveries
                    .computeIfAbsent(SimulatedRig.keyOf(each), _ -> new ArrayList<>())
                    .add(each.receipt());
        });
        Map<String, Long> counts = new HashMap<>();
        rig.verdicts().forEach((share, verdicts) -> {
            assertThat(verdicts).as("%s: verdicts on %s", about, share).hasSize(1);
            List<Verdict> ofPool = deliveries.getOrDefault(share, List.of()).stream()
                    .flatMap(Optional::stream)
                    .map(Receipt::verdict)
                    .toList();
            String fate = fate(verdicts.getFirst(), ofPool, about + ": " + share);
            counts.merge(fate, 1L, Long::sum);
        });
        assertThat(deliveries.keySet())
                .as("%s: shares at pools that the miner knows", about)
                .isSubsetOf(rig.verdicts().keySet());
        assertPoolsTotals(rig, counts, about);
        return counts;
    }

    private static String fate(ShareVerdict ofMiner, List<Verdict> ofPool, String share) {
        boolean isCredited = ofPool.stream().anyMatch(Verdict.Accepted.class::isInstance);
        return switch (ofMiner) {
            case ShareVerdict.Accepted _ -> {
                assertThat(isCredited)
                        .as("%s accepted, the pool says %s", share, ofPool)
                        .isTrue();
                yield "accepted";
            }
            case ShareVerdict.Duplicate _ -> {
                assertThat(ofPool).as(share).anyMatch(each -> isRefused(each, PoolError.DUPLICATE));
                yield "duplicate";
            }
            case ShareVerdict.Rejected rejected -> {
                assertThat(ofPool).as("%s rejected", share).anyMatch(Verdict.Refused.class::isInstance);
                yield "rejected " + rejected.reason();
            }
            case ShareVerdict.Stale stale -> {
                if (stale.delay() == ShareVerdict.Delay.OURS) {
                    assertThat(ofPool).as("%s was not sent", share).isEmpty();
                } else {
                    assertThat(ofPool).as("%s stale", share).anyMatch(Verdict.Refused.class::isInstance);
                }
                yield "stale " + stale.delay();
            }
            case ShareVerdict.Unanswered _ -> isCredited ? "unanswered and credited" : "unanswered";
        };
    }

    private static boolean isRefused(Verdict verdict, PoolError error) {
        return verdict instanceof Verdict.Refused refused && refused.error() == error;
    }

    private static void assertPoolsTotals(SimulatedRig rig, Map<String, Long> counts, String about) {
        long credited = 0;
        for (int i = 0; i < rig.pools(); i++) {
            credited += rig.pool(i).counts().accepted();
        }
        assertThat(counts.getOrDefault("accepted", 0L) + counts.getOrDefault("unanswered and credited", 0L))
                .as("%s: accepted of %s and what the pools credited", about, counts)
                .isEqualTo(credited);
    }
}
