using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract.Tests.Checking;

/// <summary>The canonical hash of rows, beside a slow one written from its description alone.</summary>
public sealed class RowHashTests
{
    private static readonly LargeSubmission Large = LargeSubmission.Make(70_000, seed: 11);

    [Fact]
    public async Task ObservationsHash_OfTwoBlocks_IsThatOfTheNaiveImplementation()
    {
        var result = await Large.CheckAsync(new CheckLimits());

        Assert.Empty(result.Findings);
        Assert.Equal(Naive(Large), result.ObservationsHash);
        Assert.Null(result.ParticipationsHash);
    }

    [Fact]
    public async Task ObservationsHash_AnyEncodingCodecPageVersionRowGroupColumnOrderAndThreads_IsTheSame()
    {
        byte[][] ways =
        [
            Large.WriteObservations(new ParquetWriterOptions { UseDictionary = false, Codec = ParquetCodec.Uncompressed }, 10_007),
            Large.WriteObservations(new ParquetWriterOptions { PageVersion = 2, Codec = ParquetCodec.Gzip, PageBytes = 3_000 }, 65_536),
            Large.WriteObservations(new ParquetWriterOptions { MaxDictionaryBytes = 30_000 }, backwards: true),
        ];
        var expected = Naive(Large);

        foreach (var (way, threads) in ways.SelectMany(way => new[] { 1, 3 }.Select(threads => (way, threads))))
        {
            Assert.Equal(expected, (await Large.CheckAsync(way, new CheckLimits { Threads = threads })).ObservationsHash);
        }
    }

    [Fact]
    public async Task ObservationsHash_OneValueNullOrRowOrder_ChangesIt()
    {
        var hashes = new HashSet<string?>();
        foreach (var change in new Action<LargeSubmission>[]
        {
            _ => { },
            s => s.Months[9] = s.Months[9] is 3 ? 2 : 3,
            s => s.Months[9] = null,
            s => s.Months[9] = 0,
            s => s.Rows.Reverse(),
            s => s.Rows[12] = (s.Rows[12].Person + 100, s.Rows[12].Period),
        })
        {
            var submission = LargeSubmission.Make(16, seed: 5);
            submission.Months[9] = 1;
            change(submission);
            hashes.Add((await submission.CheckAsync(new CheckLimits { Threads = 1 })).ObservationsHash);
        }

        Assert.Equal(6, hashes.Count);
    }

    [Fact]
    public async Task ObservationsHash_RefusedColumnOrCutFile_IsNotGiven()
    {
        var foreign = new TestSubmission().With(SiOutcomeLab.Datasets.Files.TableColumn.Text("namn", [.. Enumerable.Repeat("x", 8)]));
        var cut = new TestSubmission { Damage = bytes => bytes[..^20] };

        Assert.Null((await foreign.CheckAsync()).ObservationsHash);
        Assert.Null((await cut.CheckAsync()).ObservationsHash);
        Assert.NotNull((await new TestSubmission().CheckAsync()).ParticipationsHash);
    }

    private static string Naive(LargeSubmission submission)
    {
        var rows = submission.Rows;
        var columns = new SortedDictionary<string, (byte Type, byte[] Hash)>(StringComparer.Ordinal)
        {
            ["person_id"] = (6, Texts([.. rows.Select(r => LargeSubmission.Person(r.Person))])),
            ["municipality_code"] = (6, Texts([.. rows.Select(_ => "0180")])),
            ["period_start"] = (1, Numbers([.. rows.Select(r =>
                BitConverter.GetBytes(LargeSubmission.Periods[r.Period].Start.DayNumber - new DateOnly(1970, 1, 1).DayNumber))], 4)),
            ["sex"] = (6, Texts([.. rows.Select(r => r.Person % 3 == 0 ? null : r.Person % 2 == 0 ? "woman" : "man")])),
            ["employment_months"] = (1, Numbers([.. submission.Months.Select(m => m is { } value ? BitConverter.GetBytes(value) : null)], 4)),
            ["school_absence_percent"] = (5, Numbers([.. rows.Select(r => BitConverter.GetBytes(r.Person * 7 % 1000 / 10.0))], 8)),
        };
        using var bytes = new MemoryStream();
        bytes.Write("silab rows 1\n"u8);
        bytes.Write(BitConverter.GetBytes((long)rows.Count));
        foreach (var (name, (type, hash)) in columns)
        {
            bytes.Write(BitConverter.GetBytes(name.Length));
            bytes.Write(Encoding.UTF8.GetBytes(name));
            bytes.WriteByte(type);
            bytes.Write(hash);
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    private static byte[] Numbers(byte[]?[] values, int width) =>
        Blocks(values, (block, bytes) => Array.ForEach(block, value => bytes.Write(value ?? new byte[width])));

    private static byte[] Texts(string?[] values) => Blocks(values, (block, bytes) =>
    {
        var distinct = block.OfType<string>().Distinct().ToList();
        var places = distinct.Select((text, at) => (text, at)).ToDictionary(p => p.text, p => p.at);
        bytes.Write(BitConverter.GetBytes(distinct.Count));
        foreach (var text in distinct)
        {
            bytes.Write(BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text)));
            bytes.Write(Encoding.UTF8.GetBytes(text));
        }

        foreach (var text in block) bytes.Write(BitConverter.GetBytes((ushort)(text is null ? 0 : places[text])));
    });

    private static byte[] Blocks<T>(T?[] values, Action<T?[], MemoryStream> write)
        where T : class
    {
        using var bytes = new MemoryStream();
        foreach (var block in values.Chunk(65_536))
        {
            var nulls = block.Count(v => v is null);
            bytes.Write(BitConverter.GetBytes(block.Length));
            bytes.Write(BitConverter.GetBytes(nulls));
            if (nulls > 0)
            {
                var bits = new byte[(block.Length + 7) / 8];
                for (var i = 0; i < block.Length; i++) bits[i / 8] |= (byte)(block[i] is null ? 0 : 1 << (i % 8));
                bytes.Write(bits);
            }

            write(block, bytes);
        }

        return SHA256.HashData(bytes.ToArray());
    }
}
