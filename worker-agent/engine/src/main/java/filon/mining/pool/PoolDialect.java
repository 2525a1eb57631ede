package filon.mining.pool;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.algorithm.ProofOfWork;
import java.util.Optional;

/** A way to speak with pools, found as a service ({@link java.util.ServiceLoader}). */
public interface PoolDialect {
    /** As people know it, with its version. */
    String name();

    /** Whether pools of the family are spoken with so when the address has this scheme. */
    boolean speaks(PoolProtocol protocol, PoolAddress.Scheme scheme);

    /** Why the pool at an address of such a scheme cannot be spoken with all the same; empty where it can. */
    default Optional<String> obstacle(ProofOfWork algorithm, PoolAddress address) {
        return Optional.empty();
    }

    /** Where an address allows several they are tried from the lowest rank on, each on a fresh connection. */
    int rank();

    /** @param wire takes what is to be sent */
    PoolSession session(SessionTerms terms, Wire wire, PoolListener listener);
}
