using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract.Tests.Checking;

/// <summary>Uniqueness with keys in memory, on disk and in parts, beside a set in memory.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class BoundedMemoryTests
{
    [Theory]
    [InlineData(64 * 1024 * 1024, 1)]
    [InlineData(64 * 1024 * 1024, 3)]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    public async Task Check_DuplicatesFarApart_AreToldExactlyWhateverTheMemoryAndThreads(long memory, int threads)
    {
        var submission = LargeSubmission.Make(300_000, seed: 3);
        var random = new Random(17);
        for (var i = 0; i < 500; i++) submission.Rows[random.Next(submission.Rows.Count)] = submission.Rows[random.Next(submission.Rows.Count)];
        for (var i = 0; i < 400; i++) submission.Participations.Add((random.Next(200) + (i % 9 == 0 ? 1_000_000 : 0), random.Next(2), random.Next(5)));

        var result = await submission.CheckAsync(new CheckLimits { KeyMemoryBytes = memory, Threads = threads });

        var seen = new HashSet<(int, int)>();
        var twice = submission.Rows.Select((row, at) => (row, at)).Where(p => !seen.Add(p.row)).Select(p => p.at + 1L).ToList();
        AssertRows(result, "OBSERVATION_DUPLICATE", twice);
        var observed = submission.Rows.Select(r => r.Person).ToHashSet();
        AssertRows(
            result, "PARTICIPATION_PERSON_NOT_OBSERVED",
            [.. submission.Participations.Select((p, at) => (p, at)).Where(p => !observed.Contains(p.p.Person)).Select(p => p.at + 1L)]);
        var taken = new HashSet<(int, int, int)>();
        AssertRows(
            result, "PARTICIPATION_DUPLICATE",
            [.. submission.Participations.Select((p, at) => (p, at)).Where(p => !taken.Add(p.p)).Select(p => p.at + 1L)]);
        Assert.Equal(3, result.Findings.Count);
        Assert.Equal(observed.Count, result.Persons);
        Assert.Equal(memory == 1, result.SpilledBytes > 0);
    }

    [Fact]
    public void ScratchFile_OfPersonsDigests_HoldsNoPseudonymAndIsGoneWhenClosed()
    {
        var folder = Directory.CreateTempSubdirectory("silab-scratch").FullName;
        try
        {
            byte[][] persons = [.. Enumerable.Range(0, 1_000).Select(i => Convert.FromHexString(LargeSubmission.Person(i)))];
            using (var digest = new PersonDigest())
            using (var keys = new KeyPartitions<ObservationKey>(folder, memoryBytes: 0))
            {
                var digests = digest.Of([.. persons.SelectMany(p => p)]);
                for (var row = 1; row <= 1_000_000; row++)
                {
                    var (high, low) = digests[row % persons.Length];
                    keys.Add(new ObservationKey(high, low, row, row % 8));
                }

                var path = Assert.Single(Directory.EnumerateFiles(folder, CheckScratch.FilePrefix + "*"));
                var held = ReadShared(path);
                Assert.Equal(keys.SpilledBytes, held.Length);
                Assert.True(held.Length > 1_000_000);
                foreach (var person in persons)
                {
                    Assert.Equal(-1, held.AsSpan().IndexOf(person.AsSpan(0, 8)));
                    Assert.Equal(-1, held.AsSpan().IndexOf(person.AsSpan(16, 8)));
                }
            }

            Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Of_PersonsThatShareAHalf_AreToldApartAndOtherwiseByAnotherKey()
    {
        var (a, b) = (new byte[16], Enumerable.Repeat((byte)1, 16).ToArray());
        byte[] persons = [.. a, .. a, .. a, .. b, .. b, .. a, .. b, .. b, .. a, .. a];
        using var one = new PersonDigest();
        using var other = new PersonDigest();

        var digests = one.Of(persons).ToArray();

        Assert.Equal(digests[0], digests[4]);
        Assert.Equal(4, digests.Distinct().Count());
        Assert.Empty(digests.Intersect(other.Of(persons).ToArray()));
    }

    [Fact]
    public async Task Check_WithSpilledKeys_LeavesNothingInTheScratchFolder()
    {
        var folder = Directory.CreateTempSubdirectory("silab-scratch").FullName;
        try
        {
            var result = await LargeSubmission.Make(300_000, seed: 3).CheckAsync(new CheckLimits { KeyMemoryBytes = 1 }, folder);

            Assert.True(result.SpilledBytes > 0);
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Check_ScratchFolderMissing_Fails() => await Assert.ThrowsAnyAsync<IOException>(
        () => LargeSubmission.Make(300_000, seed: 3).CheckAsync(new CheckLimits { KeyMemoryBytes = 1 }, "/no/such/folder"));

    [Fact]
    public void Run_RoomForFewAtATime_FindsTheSame()
    {
        var random = new Random(5);
        using var observations = new KeyPartitions<ObservationKey>(Path.GetTempPath(), long.MaxValue);
        using var participations = new KeyPartitions<ParticipationKey>(Path.GetTempPath(), long.MaxValue);
        for (var row = 1; row <= 30_000; row++) observations.Add(new ObservationKey(Digest(random), Digest(random), row, row % 5));
        for (var row = 1; row <= 9_000; row++)
        {
            // One person with thousands of participations, half of them twice.
            participations.Add(new ParticipationKey(7UL << 40, 1, row, 0, row / 2));
        }

        foreach (var most in new[] { 16, 1_000, 1 << 20 })
        {
            var comparison = new KeyComparison(observations, participations, 5, most);
            comparison.Run(2, TestContext.Current.CancellationToken);

            Assert.Equal(30_000, comparison.Persons);
            Assert.Equal(0, comparison.DuplicateObservations.Count);
            Assert.Equal(9_000, comparison.NotObserved.Count);
            Assert.Equal(4_499, comparison.DuplicateParticipations.Count);
            Assert.Equal([3, 5, 7, 9, 11, 13, 15, 17, 19, 21], comparison.DuplicateParticipations.First);
        }
    }

    [Fact]
    public async Task Check_FaultsInEveryColumnOverBlocks_AreToldAlikeByAnyNumberOfThreads()
    {
        var submission = LargeSubmission.Make(140_000, seed: 8);
        for (var row = 0; row < 140_000; row += 997) submission.Months[row] = 9;
        var told = new List<string>();
        foreach (var threads in new[] { 1, 2, 4 })
        {
            var result = await submission.CheckAsync(new CheckLimits { Threads = threads });
            told.Add(string.Join('\n', result.Findings.Select(f => $"{f.Rule} {f.Column} {f.Count} {string.Join(',', f.SampleRows)}")));
        }

        Assert.Equal($"VALUE_OUT_OF_RANGE employment_months 141 1,998,1995,2992,3989,4986,5983,6980,7977,8974", told[0]);
        Assert.All(told, text => Assert.Equal(told[0], text));
    }

    private static ulong Digest(Random random) => (ulong)random.NextInt64() * 2;

    private static void AssertRows(CheckResult result, string rule, List<long> rows)
    {
        var finding = FindingAssert.Has(result, rule, "person_id");
        Assert.Equal(rows.Count, finding.Count);
        Assert.Equal(rows.Take(10), finding.SampleRows);
        Assert.Equal(Severity.Error, finding.Severity);
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
