package filon.practice.dialect;

import filon.practice.book.PoolError;
import filon.practice.book.Verdict;
import filon.practice.dialect.SentJobs.Sent;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One miner that subscribes, has workers let in and submits nonces: what the pools of all dialects with these three steps do alike. */
abstract sealed class NonceTalk implements Talk
        permits ErgoTalk, Ethereum1Talk, EthereumPlainTalk, KaspaTalk, KawpowTalk {
    final NonceSide side;
    final Voice voice;
    final NonceSession session;
    private final Desk desk;
    private final ClientWords words;
    private boolean subscribed;
    private boolean takesExtranonces;

    NonceTalk(NonceSide side, Desk desk, Voice voice, NonceSession session) {
        this.side = side;
        this.desk = desk;
        this.voice = voice;
        this.session = session;
        this.words = new ClientWords(voice);
    }

    final void subscribe() {
        subscribed = true;
    }

    @Override
    public final boolean isReady() {
        return subscribed && !session.workers().isEmpty();
    }

    /**
     * Lets a worker in, or says why not.
     *
     * @param welcome what follows from the reply that makes the miner ready
     */
    final void authorise(Request request, String denial, Runnable welcome) {
        boolean wasReady = isReady();
        if (admits(request, denial)) {
            boolean becameReady = !wasReady && isReady();
            voice.reply(request.id(), true, becameReady ? welcome : () -> {});
        }
    }

    /** Lets a worker in, which the caller is to say, or says why not. */
    final boolean admits(Request request, String denial) {
        boolean admitted = session.workers().admit(request.text(0));
        if (!admitted) {
            voice.deny(request.id(), denial);
        }
        return admitted;
    }

    /** From now on the miner is told of another extranonce. */
    final void takeExtranonces(Request request) {
        takesExtranonces = true;
        voice.reply(request.id(), true);
    }

    final boolean isToldOf(Push.Extranonce next) {
        return takesExtranonces || next.uninvited();
    }

    /** Enters a share and answers it; what it claims is judged only where the miner may submit and was sent the job. */
    final void submit(Request request, Refusals refusals, Function<Sent<NonceJob>, Verdict> judge) {
        enter(request, refusals, () -> session.find(request.text(1))
                .map(judge)
                .orElseGet(() -> new Verdict.Refused(PoolError.STALE, refusals.stale())));
    }

    /** Enters a share and answers it, by this verdict where the miner may submit. */
    final void enter(Request request, Refusals refusals, Supplier<Verdict> verdict) {
        Desk.Submission share = new Desk.Submission(session.id(), request.text(0), request.text(1));
        Optional<Verdict> refused = refusals.of(subscribed, session.workers().has(share.worker()));
        voice.answer(request.id(), desk.enter(share, refused.orElseGet(verdict)));
    }

    /** The difficulty of the jobs to come. */
    final double difficulty() {
        return desk.difficulty();
    }

    /** The highest hash that counts for the jobs to come. */
    final BigInteger target() {
        return side.target(desk);
    }

    /** Notes that the current job is sent. */
    final NonceJob sent(boolean clean) {
        NonceJob job = side.job();
        session.send(job, target(), clean);
        return job;
    }

    final void say(Push.ClientWord word) {
        words.say(word);
    }
}
