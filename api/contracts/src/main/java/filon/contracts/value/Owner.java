package filon.contracts.value;

/** On whose side it lies that something is not running; {@code NOBODY} of what runs. */
public enum Owner {
    NOBODY,
    CUSTOMER,
    PROVIDER,
    POOL,
    NETWORK
}
