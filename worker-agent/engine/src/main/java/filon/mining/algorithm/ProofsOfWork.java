package filon.mining.algorithm;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Every algorithm of this engine, by name. */
public final class ProofsOfWork {
    private static final List<ProofOfWork> ALL =
            ServiceLoader.load(ProofOfWork.class, ProofsOfWork.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .sorted(Comparator.comparing(ProofOfWork::name))
                    .toList();

    private ProofsOfWork() {}

    /** In the order of their names. */
    public static List<ProofOfWork> all() {
        return ALL;
    }

    /** @throws IllegalArgumentException if this engine does not mine it; the message lists what it mines */
    public static ProofOfWork of(String name) {
        return ALL.stream()
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("algorithm " + name + " is not one of: "
                        + ALL.stream().map(ProofOfWork::name).collect(Collectors.joining(", "))));
    }
}
