package filon.provisioning.safety;

/**
 * Whether so much of the fleet is silent that we have to suspect ourselves: a pure function of the counts.
 *
 * <p>It engages when more than half of the hosts are silent and lets go when at most a third are, so that it does not flutter.
 * While it is engaged nothing is done to hosts for their silence.
 *
 * @param reason the counts behind it, for people
 */
public record Brake(boolean engaged, String reason) {
    /** Of fewer hosts, one or two that are switched off say nothing of us. */
    public static final int HOSTS_MIN = 3;

    /**
     * @param hosts that should be reporting
     * @param silent of these
     * @param engagedBefore whether it is engaged until now
     */
    public static Brake of(int hosts, int silent, boolean engagedBefore) {
        String counts = silent + " of " + hosts + " hosts are silent";
        boolean engages = hosts >= HOSTS_MIN && 2 * silent > hosts;
        boolean holds = engagedBefore && 3 * silent > hosts;
        return engages || holds
                ? new Brake(true, counts + ": more likely it is us who do not hear; nothing is done to hosts for it")
                : new Brake(false, counts);
    }
}
