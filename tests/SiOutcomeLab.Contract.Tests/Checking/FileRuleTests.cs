using System.Text;
using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract.Tests.Checking;

public sealed class FileRuleTests
{
    [Fact]
    public async Task Check_TextFileNamedParquet_IsNotParquet()
    {
        var result =
            await new TestSubmission { Damage = _ => Encoding.UTF8.GetBytes("person_id;municipality_code\nabc;0180\n") }.CheckAsync();

        FindingAssert.Has(result, "FILE_NOT_PARQUET");
        Assert.Equal(0, result.ObservationRows);
        Assert.DoesNotContain(result.Findings, f => f.Rule == "PARTICIPATION_PERSON_NOT_OBSERVED");
    }

    [Fact]
    public async Task Check_TruncatedAtAnyByte_IsRefusedWithAFileFinding()
    {
        var whole = new TestSubmission().Write(new TestSubmission().Observations);
        for (var length = 1; length < whole.Length; length += 37)
        {
            var cut = length;
            var result = await new TestSubmission { Damage = bytes => bytes[..cut] }.CheckAsync();

            Assert.False(result.Accepted);
            Assert.Contains(
                result.Findings, f => f.Part == SubmissionPart.Observations && f.Rule.StartsWith("FILE_", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Check_FileCutShort_IsTruncated()
    {
        var result = await new TestSubmission { Damage = bytes => bytes[..(bytes.Length / 2)] }.CheckAsync();

        FindingAssert.Only(result, "FILE_TRUNCATED");
    }

    [Fact]
    public async Task Check_EncryptedFile_IsUnsupported()
    {
        var result = await new TestSubmission
        {
            Damage = bytes =>
            {
                "PARE"u8.CopyTo(bytes);
                "PARE"u8.CopyTo(bytes.AsSpan(bytes.Length - 4));
                return bytes;
            },
        }.CheckAsync();

        Assert.Contains("encrypted", FindingAssert.Only(result, "FILE_UNSUPPORTED").Explanation.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AnyByteFlipped_IsRefusedOrReadAsTheSame()
    {
        // The manifest is made from the damaged file, so only the file's own frame, checksums and rules can tell.
        var size = new TestSubmission().Write(new TestSubmission().Observations).Length;
        for (var at = 0; at < size; at += 11)
        {
            var place = at;
            var result = await new TestSubmission
            {
                Damage = bytes =>
                {
                    bytes[place] ^= 0x41;
                    return bytes;
                },
            }.CheckAsync();

            Assert.All(result.Findings, f => Assert.True(ContractRules.TryFind(f.Rule, out _)));
        }
    }

    [Fact]
    public async Task Check_DamagedPage_TellsColumnAndPlace()
    {
        var result = await new TestSubmission
        {
            Damage = bytes =>
            {
                // Four bytes of magic, a page header of some 20–40 bytes, then the first column's dictionary page.
                bytes[100] ^= 0xFF;
                return bytes;
            },
        }.CheckAsync();

        var finding = FindingAssert.Has(result, "FILE_MALFORMED", "person_id");
        Assert.Contains("row group 0", finding.Explanation.En, StringComparison.Ordinal);
        Assert.Contains("byte ", finding.Explanation.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_BytesChangedAfterTheManifest_IsHashMismatch()
    {
        var other = new TestSubmission().With(TableColumn.Numbers<int>("birth_year", [.. Enumerable.Repeat(1999, 8)]));
        var replaced = other.Write(other.Observations);

        var result = await new TestSubmission { Tamper = _ => replaced }.CheckAsync();

        FindingAssert.Has(result, "FILE_HASH_MISMATCH");
    }

    [Fact]
    public async Task Check_LengthAndRowsOtherThanDeclared_AreTold()
    {
        var result = await new TestSubmission
        {
            Declare = m => m with { Observations = m.Observations with { Bytes = m.Observations.Bytes + 1, Rows = 9 } },
        }.CheckAsync();

        FindingAssert.Has(result, "FILE_SIZE_MISMATCH");
        FindingAssert.Has(result, "FILE_ROWS_MISMATCH");
        Assert.Equal(2, result.Findings.Count);
    }

    [Fact]
    public async Task Check_NoRows_IsEmpty()
    {
        var submission = new TestSubmission { Participations = null };
        submission.Observations.Clear();
        submission
            .With(TableColumn.Text("person_id", []))
            .With(TableColumn.Text("municipality_code", []))
            .With(TableColumn.Dates("period_start", []))
            .With(TableColumn.Numbers<int>("employment_months", []));

        FindingAssert.Only(await submission.CheckAsync(), "FILE_EMPTY");
    }

    [Fact]
    public async Task Check_FooterOverTheReadersLimit_IsOverLimit()
    {
        var limits = new CheckLimits { Reader = new ParquetReaderOptions { MaxColumns = 3 } };

        var result = await new TestSubmission { Participations = null, Limits = limits }.CheckAsync();

        FindingAssert.Has(result, "FILE_OVER_LIMIT");
    }

    [Fact]
    public async Task Check_StreamThatCannotSeek_IsMisuse()
    {
        var bytes = new TestSubmission().Write(new TestSubmission().Observations);
        using var inner = new MemoryStream(bytes);
        using var stream = new System.IO.Compression.GZipStream(inner, System.IO.Compression.CompressionMode.Decompress);
        var reading = SubmissionManifest.Read(File.ReadAllBytes(Path.Combine(RepositoryFolder.Datasets, "nsw", "manifest.json")));
        var context = new CheckContext(reading.Manifest!.Organisation, new HashSet<Domain.Identity.InterventionCode>());

        await Assert.ThrowsAsync<ArgumentException>(
            () => SubmissionChecker.CheckAsync(reading.Manifest, stream, null, context, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Check_Cancelled_Stops()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        var folder = Path.Combine(RepositoryFolder.Datasets, "nsw");
        var manifest = ShippedSubmission.Manifest(folder);
        using var observations = File.OpenRead(Path.Combine(folder, "observations.parquet"));
        var context = new CheckContext(manifest.Organisation, new HashSet<Domain.Identity.InterventionCode>());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SubmissionChecker.CheckAsync(manifest, observations, null, context, stopped.Token));
    }
}
