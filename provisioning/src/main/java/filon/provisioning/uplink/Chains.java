package filon.provisioning.uplink;

import filon.contracts.message.UplinkHeaders;
import filon.contracts.value.HostId;
import filon.plumbing.inbox.RawRecord;
import filon.plumbing.uplink.UplinkKeys;
import filon.plumbing.uplink.UplinkLink;
import filon.provisioning.identity.Identities;
import filon.provisioning.incident.IncidentKind;
import filon.provisioning.incident.Incidents;
import filon.provisioning.uplink.ChainRules.Arrived;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Follows what each life of a host's agent says, link by link. A MAC can be made by whoever has the uplink keys, we among them; a link is
 * signed with a key that never left its host.
 *
 * <p>A gap is told and the record believed: events are dropped by an agent that has been cut off for long. A link that is there twice with
 * different words is not believed.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Chains {
    /** Longer than the topic keeps records, so that each copy of one is recognised. */
    private static final Duration KEPT = Duration.ofDays(40);

    private final LinkStore links;
    private final Identities identities;
    private final Incidents incidents;
    private final Clock clock;

    Chains(LinkStore links, Identities identities, Incidents incidents, Clock clock) {
        this.links = links;
        this.identities = identities;
        this.incidents = incidents;
        this.clock = clock;
    }

    /** What the record's place in its chain says of it. */
    public sealed interface Verdict {}

    /** It stands where it should, or its agent does not chain yet. */
    public record Believed() implements Verdict {}

    /** The same record has come before. */
    public record Repeated() implements Verdict {}

    /** It is not its host's own word. */
    public record Refused(String why) implements Verdict {}

    /** The host's key has signed it and another one for the same place: two agents have that key. */
    public record Forked(String evidence) implements Verdict {}

    /** @param host who wrote it by its MAC, under keys that are in force */
    public Verdict judge(HostId host, RawRecord record) {
        int enrolment = UplinkKeys.enrolment(record.headers()).orElseThrow();
        if (!record.headers().containsKey(UplinkHeaders.LINK)) {
            return links.hasChained(host, enrolment)
                    ? new Refused("it has no place in the chain of its host, which has chained what it said before")
                    : new Believed();
        }
        Optional<UplinkLink> link = UplinkLink.of(host, enrolment, record.headers());
        if (link.isEmpty()) {
            return new Refused("its place in the chain cannot be read");
        }
        String sha256 = link.get().sha256(record.topic(), record.key(), record.value());
        byte[] signature = record.headers().getOrDefault(UplinkHeaders.SIGNATURE, new byte[0]);
        if (!identities.hasSigned(host, UplinkLink.signedBytes(sha256), signature)) {
            return new Refused("its place in the chain is not signed with the key of the host's certificate");
        }
        return place(link.get(), sha256);
    }

    private Verdict place(UplinkLink link, String sha256) {
        Arrived arrived = new Arrived(link.sequence(), link.previousSha256(), sha256);
        return switch (ChainRules.on(links.around(link), arrived)) {
            case ChainRules.Fits fits -> keep(link, sha256);
            case ChainRules.Repeated repeated -> new Repeated();
            case ChainRules.Gap(long from, long through) -> {
                String missing = "events " + from + " to " + through + " of incarnation " + link.incarnation();
                incidents.raise(IncidentKind.UPLINK_GAP, link.host(), missing + " have not come");
                yield keep(link, sha256);
            }
            case ChainRules.Forked(String evidence) ->
                new Forked("in the events of incarnation " + link.incarnation() + " " + evidence);
        };
    }

    private Verdict keep(UplinkLink link, String sha256) {
        if (link.sequence() == 1) {
            links.forget(link.host(), clock.instant().minus(KEPT));
        }
        links.add(link, sha256, clock.instant());
        return new Believed();
    }
}
