package filon.agent;

import filon.agent.enrolment.TokenRefusedException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.time.Clock;

/**
 * The agent as a process. Ends with 143 when asked to (SIGTERM), 1 after a fault, 2 when the enrolment token is no good, 3 when another
 * agent lives in the home, 64 when a setting is missing or wrong; each but the first with one line on standard error.
 */
@QuarkusMain
public final class AgentMain implements QuarkusApplication {
    static final int FAULT = 1;
    static final int TOKEN_REFUSED = 2;
    static final int HOME_IN_USE = 3;
    static final int BAD_SETTING = 64;
    private final AgentSettings settings;
    private final AgentLife life;

    AgentMain(AgentSettings settings, AgentLife life) {
        this.settings = settings;
        this.life = life;
    }

    @Override
    public int run(String... arguments) {
        try {
            AgentConfiguration configuration = AgentConfiguration.of(settings);
            Outside outside =
                    new Outside.Real(Clock.systemUTC(), configuration.engine(), configuration.workloadNiceness());
            life.begun(Agent.start(configuration, outside));
            Quarkus.waitForExit();
            return 0;
        } catch (SettingException e) {
            return refused(BAD_SETTING, e.getMessage());
        } catch (TokenRefusedException e) {
            return refused(TOKEN_REFUSED, "enrolment refused: " + e.getMessage());
        } catch (HomeInUseException e) {
            return refused(HOME_IN_USE, e.getMessage());
        } catch (IOException e) {
            return refused(FAULT, "the agent's state cannot be used: " + e);
        }
    }

    private static int refused(int code, String line) {
        System.err.println("filon-agent: " + line.lines().findFirst().orElse("no reason"));
        return code;
    }
}
