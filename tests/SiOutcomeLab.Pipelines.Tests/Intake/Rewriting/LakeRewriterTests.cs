using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Intake.Rewriting;

namespace SiOutcomeLab.Pipelines.Tests.Intake.Rewriting;

public sealed class LakeRewriterTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly MadeRows Large = new(70_000, seed: 1);
    private static readonly byte[] Plainly = Large.Write(new ParquetWriterOptions(), 122_880);

    [Fact]
    public void Rewrite_SentFile_HasTheSameRowsInTheSameOrderWithPersonsRekeyed()
    {
        var (bytes, file) = Rewrite(Plainly, threads: 2);

        Assert.Equal(Large.Lines(Expected), Lines(bytes));
        Assert.Equal(new LakeFile(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, Large.Rows), file);
    }

    [Fact]
    public void Rewrite_AnyEncodingCodecPageVersionRowGroupColumnOrderAndThreads_GivesTheSameBytes()
    {
        var expected = Rewrite(Plainly, threads: 1).File;
        byte[][] same =
        [
            Large.Write(new ParquetWriterOptions { UseDictionary = false, Codec = ParquetCodec.Uncompressed }, 1_000, backwards: true),
            Large.Write(new ParquetWriterOptions { PageVersion = 2, Codec = ParquetCodec.Gzip, PageBytes = 5_000 }, 65_536),
            Large.Write(new ParquetWriterOptions { MaxDictionaryBytes = 40_000, PageBytes = 999 }, 70_000),
        ];

        foreach (var way in same)
        {
            Assert.Equal(expected, Rewrite(way, threads: 1).File);
            Assert.Equal(expected, Rewrite(way, threads: 3).File);
        }
    }

    [Fact]
    public void Rewrite_OtherRows_GivesOtherBytes() =>
        Assert.NotEqual(Rewrite(Plainly, 2).File.Sha256, Rewrite(new MadeRows(70_000, seed: 2).Write(new(), 122_880), 2).File.Sha256);

    [Fact]
    public void Rewrite_SendersMetadata_IsNotKept()
    {
        var options = new ParquetWriterOptions
        {
            KeyValueMetadata = [new("avsändare", "Verksamhetssystemet")],
            CreatedBy = "Verksamhetssystemet 7",
            WriteNullCounts = true,
        };
        var (bytes, _) = Rewrite(new MadeRows(10, seed: 3).Write(options, 10), threads: 1);

        Assert.DoesNotContain("Verksamhetssystemet", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        using var reader = ParquetReader.Open(new MemoryStream(bytes));
        Assert.Equal(LakeFileFormat.Current, LakeFileFormat.Of(reader));
        Assert.Equal(["silab_lake_format"], reader.KeyValueMetadata.Keys);
    }

    [Fact]
    public void Rewrite_SentPseudonyms_StandNowhereInTheFile()
    {
        var rows = new MadeRows(300, seed: 4);
        var text = Encoding.Latin1.GetString(Rewrite(rows.Write(new(), 300), threads: 1).Bytes);

        foreach (var person in rows.Persons.Distinct())
        {
            Assert.DoesNotContain(person, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Encoding.Latin1.GetString(Convert.FromHexString(person)), text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Sink_OfACheckThatAccepts_GivesTheFileThatRewritingGives()
    {
        using var target = new MemoryStream();
        using var rewriter = new LakeRewriter(SubmissionPart.Observations, target, new PersonRekeyer(Key));

        var result = await CheckAsync(Large, Plainly, rewriter);

        Assert.Empty(result.Findings);
        Assert.Equal(Rewrite(Plainly, 1).File, rewriter.File);
        Assert.Equal(Rewrite(Plainly, 1).Bytes, target.ToArray());
    }

    [Fact]
    public async Task Sink_OfACheckThatRefuses_GivesNoFile()
    {
        var rows = new MadeRows(70_000, seed: 5);
        using var target = new MemoryStream();
        using var rewriter = new LakeRewriter(SubmissionPart.Observations, target, new PersonRekeyer(Key));

        var result = await CheckAsync(rows, rows.Write(new(), 9_999), rewriter, new OrganisationId("0114"));

        Assert.False(result.Accepted);
        Assert.Null(rewriter.File);
    }

    [Fact]
    public void Require_FileOfAnotherFormat_SaysWhatToDo()
    {
        using var old = ParquetReader.Open(new MemoryStream(new MadeRows(3, seed: 6).Write(new(), 3)));
        var newer = new ParquetWriterOptions { KeyValueMetadata = [new(LakeFileFormat.MetadataKey, "3")] };
        using var later = ParquetReader.Open(new MemoryStream(new MadeRows(3, seed: 6).Write(newer, 3)));

        Assert.Contains("upgrade", Assert.Throws<LakeFileFormatException>(() => LakeFileFormat.Require(old)).Message, StringComparison.Ordinal);
        Assert.Contains("newer", Assert.Throws<LakeFileFormatException>(() => LakeFileFormat.Require(later)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Pseudonym_IsHmacUnderTheKeyAndUnlinkableUnderAnother()
    {
        Assert.True(PersonId.TryParse(Encoding.ASCII.GetBytes(MadeRows.Hex(1)), out var sent));

        Assert.Equal(Expected(MadeRows.Hex(1)), new PersonRekeyer(Key).Of(sent).ToHex());
        Assert.NotEqual(new PersonRekeyer(Key).Of(sent), new PersonRekeyer(new byte[32]).Of(sent));
        Assert.Throws<ArgumentException>(() => new PersonRekeyer(new byte[31]));
    }

    private static string Expected(string sent) => Convert.ToHexStringLower(HMACSHA256.HashData(Key, Convert.FromHexString(sent)));

    private static (byte[] Bytes, LakeFile File) Rewrite(byte[] sent, int threads)
    {
        using var source = new MemoryStream(sent);
        using var target = new MemoryStream();
        var file = LakeRewriter.Rewrite(
            source, SubmissionPart.Observations, target, new PersonRekeyer(Key), threads, TestContext.Current.CancellationToken);
        return (target.ToArray(), file);
    }

    private static async Task<CheckResult> CheckAsync(MadeRows rows, byte[] bytes, LakeRewriter rewriter, OrganisationId? caller = null)
    {
        var manifest = new SubmissionManifest(
            new OrganisationId("0180"), new ProjectId("prov"), PeriodLength.Quarter,
            [.. Enumerable.Range(0, 3).Select(q => new Period(PeriodLength.Quarter, (2024 * 4) + q))],
            new PopulationStatement("Alla.", "Registret."), "Prov.", AllowedUses.OwnEvaluation, DataPolicy.Standard,
            new ManifestFile(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, rows.Rows), null);
        var context = new CheckContext(caller ?? new OrganisationId("0180"), new HashSet<InterventionCode>())
        {
            Sink = part => part == SubmissionPart.Observations ? rewriter : null,
            Limits = new CheckLimits { Threads = 2 },
        };
        using var content = new MemoryStream(bytes);
        return await SubmissionChecker.CheckAsync(manifest, content, null, context, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    /// <summary>The rows as <see cref="MadeRows.Lines"/> tells them.</summary>
    private static IEnumerable<string> Lines(byte[] lakeFile)
    {
        using var reader = ParquetReader.Open(new MemoryStream(lakeFile));
        var place = reader.Schema.Columns.ToDictionary(c => c.Name, c => c.Index);
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            var group = reader.OpenRowGroup(g);
            var rows = (int)group.RowCount;
            var (persons, towns, sexes) = (Texts("person_id"), Texts("municipality_code"), Texts("sex"));
            var (days, months, earnings) = (Numbers<int>("period_start"), Numbers<int>("employment_months"), Numbers<double>("earnings_sek"));
            for (var i = 0; i < rows; i++)
            {
                var (person, town, sex) = (Convert.ToHexStringLower(persons[i]!), Encoding.UTF8.GetString(towns[i]!), sexes[i]);
                yield return $"{person}|{town}|{days[i]}|{(sex is null ? null : Encoding.UTF8.GetString(sex))}|{months[i]}|{earnings[i]}";
            }

            byte[]?[] Texts(string name)
            {
                using var column = group.Bytes(place[name]);
                var batch = new BytesBatch();
                Assert.Equal(rows, column.Read(batch, rows));
                return [.. Enumerable.Range(0, rows).Select(i => batch.IsNull(i) ? null : batch[i].ToArray())];
            }

            T?[] Numbers<T>(string name)
                where T : unmanaged
            {
                using var column = group.Column<T>(place[name]);
                var (values, present) = (new T[rows], new bool[rows]);
                Assert.Equal(rows, column.Read(values, present));
                return [.. values.Select((v, i) => present[i] ? v : (T?)null)];
            }
        }
    }
}
