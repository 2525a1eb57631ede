package filon.agent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings as they are given; {@link AgentConfiguration} says which are missing or wrong. */
@ConfigMapping(prefix = "filon")
public interface AgentSettings {
    AgentPart agent();

    MeterPart meter();

    /** {@code filon.agent.*}. */
    interface AgentPart {
        /** Where the agent keeps everything it must remember. */
        Optional<Path> home();

        /** {@code https://host:port} of provisioning; needed for the first start, remembered for renewals. */
        Optional<String> provisioningUrl();

        /** PEM of the authority that issued provisioning's certificate; needed for the first start, remembered for renewals. */
        Optional<Path> authorityFile();

        /** The one-use token; needed for the first start. */
        Optional<String> enrolmentToken();

        /** A file that holds the token; looked at when the token itself is not given. */
        Optional<Path> enrolmentTokenFile();

        /** What people call this host. */
        Optional<String> name();

        /** The machine's serial number; read from its firmware when not given. */
        Optional<String> serial();

        /** Holds the engine's jar and {@code lib/}; found beside the agent when not given. */
        Optional<Path> engineDirectory();

        /** Whether a graceful end of the agent ends the workloads too; a host in service says no. */
        @WithDefault("false")
        boolean stopWorkloadsOnExit();

        /** 0 to 19: how far workloads step back for other processes; matters where the device is a CPU that others need too. */
        @WithDefault("0")
        int workloadNiceness();
    }

    /** {@code filon.meter.*}. */
    interface MeterPart {
        /** How often usage is reported; 10 s is right for a fleet, less makes a demonstration livelier. */
        @WithDefault("2s")
        Duration interval();

        /** Whether trimmed parts of the metering log go to {@code archive/} instead of being deleted. */
        @WithDefault("false")
        boolean keepTrimmed();
    }
}
