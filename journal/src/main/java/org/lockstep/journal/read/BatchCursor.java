package org.lockstep.journal.read;

import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.journal.BatchLayout;
import org.lockstep.journal.JournalFiles;

/**
 * Walks the batches of a journal in order, over all its files, and checks each: CRC, hash chain, sequence. Reads the
 * queue files themselves (a file is a row of documents, each after a 4-byte header; see Chronicle Wire's size prefixed
 * blobs), because what must be able to judge a damaged queue cannot depend on the queue being sound.
 * <p>
 * Usable while a writer, in this or another process, is appending: a document's header is written last, so a batch is
 * seen whole or not at all. Threading: one thread. Allocates only when it moves its mapping or changes files.
 */
public final class BatchCursor implements AutoCloseable
{
    /** Nothing more is there yet. */
    public static final int END = 0;

    /** The cursor is on a sound batch. */
    public static final int BATCH = 1;

    /** What stands at {@link #position()} is no sound continuation; see {@link #damage()}. The cursor stays there. */
    public static final int DAMAGED = 2;

    /** Bytes of a document's header. */
    public static final int DOCUMENT_HEADER = 4;

    private static final int INCOMPLETE = 0x8000_0000;
    private static final int METADATA = 0x4000_0000;
    private static final int END_OF_FILE = 0xC000_0000;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final long UNKNOWN = -1;

    private final Path directory;
    private final MappedWindow window = new MappedWindow();
    private final CRC32C crc = new CRC32C();
    private Path file;
    private long nextPosition;
    private long nextSequence = UNKNOWN;
    private boolean chainKnown;
    private long chain;
    private long maxTimeNs;

    private long position;
    private long batchPosition;
    private int batchOffset;
    private int documentsInFile;
    private String damage;
    private boolean sequenceGap;

    /**
     * A cursor before the first batch.
     *
     * @param directory of the journal.
     */
    public BatchCursor(final Path directory)
    {
        this.directory = directory;
    }

    @Override
    public void close()
    {
        window.close();
        file = null;
    }

    /** Goes before the first batch of the journal. */
    public void toStart()
    {
        window.close();
        file = null;
        forget();
    }

    /**
     * Goes before the first batch of one file, or of the journal when that file is gone.
     *
     * @param dataFile of this journal.
     */
    public void toFile(final Path dataFile)
    {
        to(dataFile, 0);
    }

    /**
     * Goes to a document.
     *
     * @param dataFile         of this journal.
     * @param documentPosition where the document's header is, 0 = the start of the file.
     */
    void to(final Path dataFile, final long documentPosition)
    {
        if (!dataFile.equals(file))
        {
            file = window.open(dataFile) ? dataFile : null;
        }
        forget();
        nextPosition = null == file ? 0 : documentPosition;
    }

    /**
     * Moves to the next batch.
     *
     * @return {@link #BATCH}, {@link #END} or {@link #DAMAGED}; the latter two may change when called again later.
     */
    public int next()
    {
        damage = null;
        sequenceGap = false;
        if (null == file && !openFileAfter(null))
        {
            return END;
        }
        for (;;)
        {
            position = nextPosition;
            final int header = window.ensure(position, DOCUMENT_HEADER) ?
                window.buffer().getIntVolatile(window.offset(position)) : 0;
            if (0 == header || END_OF_FILE == header)
            {
                if (!nextFile(0 == header))
                {
                    return END;
                }
            }
            else if (0 != (header & INCOMPLETE))
            {
                // Before the first document it is a file that its writer is just creating.
                return 0 == position ? END : damaged("a document was left open (header " +
                    Integer.toHexString(header) + ")");
            }
            else
            {
                final int length = header & LENGTH_MASK;
                if (!window.ensure(position + DOCUMENT_HEADER, length))
                {
                    return damaged("a document of " + length + " bytes runs past the end of the file");
                }
                if (0 == (header & METADATA))
                {
                    return readBatch(length);
                }
                nextPosition = align(position + DOCUMENT_HEADER + length);
            }
        }
    }

    /** @return memory of the current batch, valid until the cursor moves. */
    public DirectBuffer buffer()
    {
        return window.buffer();
    }

    /** @return where the first frame begins in {@link #buffer()}. */
    public int framesOffset()
    {
        return batchOffset + BatchLayout.HEADER_LENGTH;
    }

    /** @return length of all frames of the batch, bytes. */
    public int frameBytes()
    {
        return BatchLayout.frameBytes(window.buffer(), batchOffset);
    }

    /** @return frames of the batch; 0 for the mark of an orderly close. */
    public int frameCount()
    {
        return BatchLayout.frameCount(window.buffer(), batchOffset);
    }

    /** @return sequence of the batch's first frame. */
    public long firstSequence()
    {
        return BatchLayout.firstSequence(window.buffer(), batchOffset);
    }

    /** @return flags of the batch, see {@link BatchLayout}. */
    public int flags()
    {
        return BatchLayout.flags(window.buffer(), batchOffset);
    }

    /** @return sequence after the last batch read, -1 when none was read. */
    public long nextSequence()
    {
        return nextSequence;
    }

    /** @return chain hash of the last batch read. */
    public long chain()
    {
        return chainKnown ? chain : BatchLayout.CHAIN_SEED;
    }

    /** @return greatest ingress time of any frame up to the last batch read, epoch ns. */
    public long maxTimeNs()
    {
        return maxTimeNs;
    }

    /** @return file the cursor is in, or null before the first. */
    public Path file()
    {
        return file;
    }

    /** @return of a batch: where its document begins; at the end or at damage: where the next one would, bytes. */
    public long position()
    {
        return position;
    }

    /** @return data documents passed since the start of the file, when the cursor came from there. */
    public int documentsInFile()
    {
        return documentsInFile;
    }

    /** @return after {@link #END}: whether the file carries the mark that its writer is done with it. */
    public boolean isFileFinished()
    {
        return null != file && window.ensure(position, DOCUMENT_HEADER) &&
            END_OF_FILE == window.buffer().getIntVolatile(window.offset(position));
    }

    /** @return what is wrong after {@link #DAMAGED}, else null. */
    public String damage()
    {
        return damage;
    }

    /** @return after {@link #DAMAGED}: whether the batch is sound in itself and the ones before it are missing. */
    public boolean isSequenceGap()
    {
        return sequenceGap;
    }

    /** @return where the last batch that was read begins in its file, bytes. */
    public long batchPosition()
    {
        return batchPosition;
    }

    /** @return length of the current batch with its header, bytes. */
    public int batchLength()
    {
        return BatchLayout.HEADER_LENGTH + frameBytes();
    }

    /** @return where the batch's header begins in {@link #buffer()}. */
    public int batchOffset()
    {
        return batchOffset;
    }

    private int readBatch(final int length)
    {
        final UnsafeBuffer buffer = window.buffer();
        final long contentPosition = position + DOCUMENT_HEADER;
        final int offset = window.offset(contentPosition);
        if (length < BatchLayout.HEADER_LENGTH || BatchLayout.MAGIC != BatchLayout.magic(buffer, offset))
        {
            return damaged("not a batch");
        }
        final int frameBytes = BatchLayout.frameBytes(buffer, offset);
        if (frameBytes != length - BatchLayout.HEADER_LENGTH)
        {
            return damaged("a batch of " + frameBytes + " bytes in a document of " + length);
        }
        crc.reset();
        window.update(crc, contentPosition, BatchLayout.CRC_HEADER_LENGTH);
        window.update(crc, contentPosition + BatchLayout.HEADER_LENGTH, frameBytes);
        final int actualCrc = (int)crc.getValue();
        if (actualCrc != BatchLayout.crc(buffer, offset))
        {
            return damaged("CRC mismatch");
        }
        final long firstSequence = BatchLayout.firstSequence(buffer, offset);
        if (UNKNOWN != nextSequence && firstSequence != nextSequence)
        {
            sequenceGap = true;
            return damaged("sequence " + nextSequence + " expected, found " + firstSequence);
        }
        final long foundChain = BatchLayout.chain(buffer, offset);
        final boolean isFirst = 0 == firstSequence && !chainKnown;
        if ((chainKnown || isFirst) && foundChain != BatchLayout.chain(chain(), actualCrc))
        {
            return damaged("hash chain broken");
        }
        chain = foundChain;
        chainKnown = true;
        maxTimeNs = BatchLayout.maxTimeNs(buffer, offset);
        nextSequence = firstSequence + BatchLayout.frameCount(buffer, offset);
        batchOffset = offset;
        batchPosition = position;
        nextPosition = align(contentPosition + length);
        documentsInFile++;
        return BATCH;
    }

    private boolean nextFile(final boolean withoutMark)
    {
        final Path current = file;
        final List<Path> files = JournalFiles.dataFiles(directory);
        final Path next = after(files, current);
        if (null == next)
        {
            return false;
        }
        // A writer finishes a file before it creates the next: what is not there now will not come.
        if (withoutMark && window.ensure(position, DOCUMENT_HEADER) &&
            0 != window.buffer().getIntVolatile(window.offset(position)))
        {
            return true;
        }
        if (!files.contains(current))
        {
            forget();
        }
        return openFileAfter(current);
    }

    private boolean openFileAfter(final Path current)
    {
        Path next = after(JournalFiles.dataFiles(directory), current);
        while (null != next && !window.open(next))
        {
            forget();
            next = after(JournalFiles.dataFiles(directory), current);
        }
        if (null == next)
        {
            return false;
        }
        file = next;
        nextPosition = 0;
        documentsInFile = 0;
        return true;
    }

    private static Path after(final List<Path> files, final Path current)
    {
        for (final Path candidate : files)
        {
            if (null == current || candidate.compareTo(current) > 0)
            {
                return candidate;
            }
        }
        return null;
    }

    private void forget()
    {
        nextPosition = 0;
        nextSequence = UNKNOWN;
        chainKnown = false;
        maxTimeNs = 0;
        documentsInFile = 0;
        damage = null;
    }

    private int damaged(final String reason)
    {
        damage = reason;
        return DAMAGED;
    }

    private static long align(final long value)
    {
        return value + 3 & ~3L;
    }
}
