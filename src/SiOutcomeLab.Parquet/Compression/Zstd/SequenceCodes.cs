namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>
/// The three kinds of code that a sequence is made of: their values, the bits added to them, and the tables used when a block brings none
/// (RFC 8878, sections 3.1.1.3.2.1.1 and 3.1.1.3.2.2).
/// </summary>
internal sealed class SequenceCodes
{
    private SequenceCodes(string name, int maxLog, int defaultLog, short[] defaultCounts, uint[] values, byte[] extras)
    {
        (Name, MaxLog, Values, Extras) = (name, maxLog, values, extras);
        Default = new FseTable(defaultLog);
        Default.Build(defaultCounts, defaultLog, values, extras);
    }

    public static SequenceCodes LiteralLengths { get; } = new(
        "literal lengths", 9, 6,
        [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
        [
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
            16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536,
        ],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

    public static SequenceCodes Offsets { get; } = new(
        "offsets", 8, 5,
        [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
        [.. Enumerable.Range(0, 32).Select(code => 1u << code)],
        [.. Enumerable.Range(0, 32).Select(code => (byte)code)]);

    public static SequenceCodes MatchLengths { get; } = new(
        "match lengths", 9, 6,
        [
            1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
        ],
        [
            .. Enumerable.Range(3, 32).Select(length => (uint)length),
            35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539,
        ],
        [.. Enumerable.Repeat((byte)0, 32), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

    public string Name { get; }

    /// <summary>Largest accuracy of a table.</summary>
    public int MaxLog { get; }

    /// <summary>Smallest value of each code.</summary>
    public uint[] Values { get; }

    /// <summary>Bits added to each code's value.</summary>
    public byte[] Extras { get; }

    /// <summary>The table for blocks that bring none.</summary>
    public FseTable Default { get; }
}
