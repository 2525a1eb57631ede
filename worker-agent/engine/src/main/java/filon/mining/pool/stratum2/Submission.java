package filon.mining.pool.stratum2;

import filon.mining.pool.stratum2.message.ShareMessage.SubmitSharesStandard;
import java.util.List;

/** What a share sends of its header, as numbers and as the texts that a share carries. */
record Submission(long jobId, long nonce, long time, long version) {
    static Submission of(List<String> texts) {
        return new Submission(
                Long.parseLong(texts.get(0)),
                Long.parseLong(texts.get(1)),
                Long.parseLong(texts.get(2)),
                Long.parseLong(texts.get(3)));
    }

    List<String> texts() {
        return List.of(Long.toString(jobId), Long.toString(nonce), Long.toString(time), Long.toString(version));
    }

    SubmitSharesStandard to(long channelId, long sequenceNumber) {
        return new SubmitSharesStandard(channelId, sequenceNumber, jobId, nonce, time, version);
    }
}
