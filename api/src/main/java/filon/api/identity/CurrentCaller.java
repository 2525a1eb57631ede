package filon.api.identity;

import java.util.Optional;

/** Says who sent the request that is being answered. */
public interface CurrentCaller {
    /** Empty if nobody has signed in. */
    Optional<Caller> find();

    /** @throws IllegalStateException if nobody has signed in */
    default Caller get() {
        return find().orElseThrow(() -> new IllegalStateException("nobody has signed in"));
    }
}
