package filon.api.identity;

/** Says who sent the request that is being answered. */
public interface CurrentCaller {
    /** @throws IllegalStateException if nobody has signed in, or the identity cannot be a customer's */
    Caller get();
}
