package filon.mining.algorithm;

import filon.contracts.value.Algorithm;
import java.util.ServiceLoader;

/** Every algorithm of this engine, by name. */
public final class ProofsOfWork {
    private ProofsOfWork() {}

    /** @throws IllegalArgumentException if this engine does not mine it */
    public static ProofOfWork of(Algorithm name) {
        return ServiceLoader.load(ProofOfWork.class, ProofsOfWork.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(algorithm -> algorithm.name() == name)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this engine does not mine " + name.label()));
    }
}
