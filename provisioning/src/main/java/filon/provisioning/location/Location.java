package filon.provisioning.location;

import java.util.Optional;

/**
 * The failure domains of a host, the largest first.
 *
 * @param rack within the site; null while nobody has said it, see {@link #rackKnown}
 * @param power the feed, within the site; null while nobody has said it, see {@link #powerKnown}
 */
public record Location(String site, String rack, String power) {
    public static Location of(String site) {
        return new Location(site, null, null);
    }

    public Optional<String> rackKnown() {
        return Optional.ofNullable(rack);
    }

    public Optional<String> powerKnown() {
        return Optional.ofNullable(power);
    }

    @Override
    public String toString() {
        return "site " + site + ", rack " + rackKnown().orElse("unknown") + ", power "
                + powerKnown().orElse("unknown");
    }
}
