package filon.mining.pool.stratum2;

import filon.mining.algorithm.Target;
import filon.mining.pool.OpenShares;
import filon.mining.pool.PrintableText;
import filon.mining.pool.SessionCourse;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.stratum2.message.ChannelMessage;
import filon.mining.pool.stratum2.message.JobMessage;
import filon.mining.pool.stratum2.message.ShareMessage;
import java.io.IOException;
import java.util.List;

/** One standard channel that is open: its jobs and its shares. Hears only what was sent to it or to its group. */
final class MiningChannel {
    private static final int OPEN_SHARES_MAX = 4_096;

    private final ChannelMessage.OpenStandardMiningChannelSuccess opening;
    private final SessionCourse course;
    private final JobBook jobs;
    private final OpenShares shares = new OpenShares();
    private long sequenceNumber;
    private long lastAccepted;

    /** @param versionMask the bits of a version that may be chosen */
    MiningChannel(ChannelMessage.OpenStandardMiningChannelSuccess opening, int versionMask, SessionCourse course) {
        this.opening = opening;
        this.course = course;
        this.jobs = new JobBook(versionMask, opening.target());
    }

    long id() {
        return opening.channelId();
    }

    /** Whether it is this channel's number, or that of its group. */
    boolean isOfGroup(long channelId) {
        return channelId == id() || channelId == opening.groupChannelId();
    }

    void heard(JobMessage message) throws IOException {
        switch (message) {
            case JobMessage.NewMiningJob job -> jobs.take(job).ifPresent(this::begin);
            case JobMessage.SetNewPrevHash next -> {
                course.withdrawJobs();
                begin(jobs.take(next));
            }
            case JobMessage.SetTarget(long _, Target target) -> jobs.target(target);
        }
    }

    private void begin(Stratum2Job.Beginning beginning) {
        course.job(new Stratum2Job(course.place(course.heardNanos()), beginning));
    }

    /** The share as it is to be sent now; its verdict comes by {@link #accepted} or {@link #refused}. */
    ShareMessage sending(Share share) {
        course.sending(share);
        sequenceNumber++;
        shares.add(sequenceNumber, new OpenShares.Sent(share, course.now(), false));
        return Submission.of(share.submission()).to(id(), sequenceNumber);
    }

    /**
     * All that were sent up to the one that is named, but for those refused one by one. Where the pool counts fewer, the newest: it had
     * its say on the others, and we did not hear it.
     */
    void accepted(ShareMessage.SubmitSharesSuccess success) {
        long last = success.lastSequenceNumber();
        boolean isRepeated = last <= lastAccepted && !shares.isOpen(last);
        int open = shares.countUpTo(last);
        if (isRepeated || open > success.acceptedCount()) {
            course.say("acknowledges " + success.acceptedCount() + " of " + open + " shares"
                    + (isRepeated ? " once more, which is ignored" : ""));
        }
        if (!isRepeated) {
            lastAccepted = Math.max(last, lastAccepted);
            shares.takeNewest(last, success.acceptedCount())
                    .forEach(sent -> course.judged(sent, new ShareVerdict.Accepted()));
        }
    }

    void refused(ShareMessage.SubmitSharesError error) {
        shares.take(error.sequenceNumber())
                .ifPresent(sent -> course.judged(sent, verdict(sent.share(), error.errorCode())));
    }

    /** With the numbers that Stratum V1 has for the same. */
    private ShareVerdict verdict(Share share, String code) {
        String reason = PrintableText.of(code);
        return switch (code) {
            case "stale-share", "invalid-job-id" -> new ShareVerdict.Stale(course.delayOf(share), 21, reason);
            case "duplicate-share" -> new ShareVerdict.Duplicate(22, reason);
            case "difficulty-too-low" -> new ShareVerdict.Rejected(23, reason);
            case "invalid-channel-id" -> new ShareVerdict.Rejected(25, reason);
            default -> new ShareVerdict.Rejected(20, reason);
        };
    }

    /** Looks at the clock. */
    void tick() throws IOException {
        course.expire(shares, course.terms().terms().limits().silence());
        if (shares.count() > OPEN_SHARES_MAX) {
            throw new IOException("the pool left " + OPEN_SHARES_MAX + " shares without an answer");
        }
    }

    int openShares() {
        return shares.count();
    }

    /** Shares without a verdict, oldest first. */
    List<Share> end() {
        return shares.end();
    }
}
