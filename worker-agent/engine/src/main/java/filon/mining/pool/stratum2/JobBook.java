package filon.mining.pool.stratum2;

import filon.mining.algorithm.Target;
import filon.mining.pool.stratum2.message.JobMessage.NewMiningJob;
import filon.mining.pool.stratum2.message.JobMessage.SetNewPrevHash;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The jobs of one channel: which one is worked on, and which ones wait for the previous hash that names them. */
final class JobBook {
    private static final int WAITING_MAX = 64;

    private final int versionMask;
    private final Map<Long, NewMiningJob> waiting = new LinkedHashMap<>();
    private Target target;
    private Optional<SetNewPrevHash> previous = Optional.empty();
    private Optional<NewMiningJob> running = Optional.empty();
    private Optional<HeaderRoom> room = Optional.empty();

    /** @param versionMask the bits of a version that may be chosen */
    JobBook(int versionMask, Target target) {
        this.versionMask = versionMask;
        this.target = target;
    }

    /** Holds for all that begins from now on; what is being worked on keeps its own. */
    void target(Target next) {
        target = next;
    }

    /** Begins at once where the job says so; else it waits. */
    Optional<Stratum2Job.Beginning> take(NewMiningJob job) {
        if (job.minTime().isPresent() && previous.isPresent()) {
            return Optional.of(begin(job, previous.get(), job.minTime().getAsLong(), false));
        }
        waiting.remove(job.jobId());
        waiting.put(job.jobId(), job);
        if (waiting.size() > WAITING_MAX) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        return Optional.empty();
    }

    /**
     * All jobs but the named one are worthless, and that one begins.
     *
     * @throws IOException if it never came, so that nothing is left to work on
     */
    Stratum2Job.Beginning take(SetNewPrevHash next) throws IOException {
        Optional<NewMiningJob> named = Optional.ofNullable(waiting.get(next.jobId()))
                .or(() -> running.filter(job -> job.jobId() == next.jobId()));
        waiting.clear();
        previous = Optional.of(next);
        if (named.isEmpty()) {
            throw new IOException("the pool's new previous hash names job " + next.jobId() + ", which never came");
        }
        return begin(named.get(), next, next.minTime(), true);
    }

    private Stratum2Job.Beginning begin(NewMiningJob job, SetNewPrevHash upon, long minTime, boolean isClean) {
        HeaderRoom.Template template =
                new HeaderRoom.Template(job.version(), upon.previousHash(), job.merkleRoot(), upon.bits());
        // a job that is announced again goes on where it was, so that no header is searched twice
        HeaderRoom its = room.filter(now -> now.template().equals(template))
                .orElseGet(() -> new HeaderRoom(template, versionMask, minTime));
        its.notBefore(minTime);
        room = Optional.of(its);
        running = Optional.of(job);
        return new Stratum2Job.Beginning(job.jobId(), its, target, isClean);
    }
}
