using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain.Tests.Submissions;

public sealed class SnapshotTests
{
    private static readonly ProjectId Project = new("early-support");

    [Fact]
    public void Of_AnyOrderGiven_StandsInTheOrderOfCommits()
    {
        var (a, b) = (Submission(1, 'a'), Submission(2, 'b'));

        var snapshot = Snapshot.Of(Project, [b, a]);

        Assert.Equal([a, b], snapshot.Submissions);
        Assert.Equal(Snapshot.Of(Project, [a, b]).Hash, snapshot.Hash);
    }

    [Fact]
    public void Of_OtherOrderOfCommits_HasAnotherHash() => Assert.NotEqual(
        Snapshot.Of(Project, [Submission(1, 'a'), Submission(2, 'b')]).Hash,
        Snapshot.Of(Project, [Submission(2, 'a'), Submission(1, 'b')]).Hash);

    [Fact]
    public void Hash_WhatARunMayRead_DecidesIt()
    {
        var one = Submission(1, 'a');
        Submission[] others =
        [
            one with { Organisation = new("1281") },
            one with { AllowedUses = AllowedUses.None },
            one with { Policy = DataPolicy.OpenData },
            one with { Observations = new LakeObject(Hash('x'), 1) },
            one with { Participations = new LakeObject(Hash('x'), 1) },
            one with { Participations = null },
            one with { Sequence = 2 },
        ];

        var hashes = others.Prepend(one).Select(s => Snapshot.Of(Project, [s]).Hash).ToArray();

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void Hash_WhatARunDoesNotRead_LeavesItAlone()
    {
        var one = Submission(1, 'a');
        var moved = one with { Id = "other", ContentHash = Hash('y'), CommittedAt = one.CommittedAt.AddDays(1), Manifest = "{}" };

        Assert.Equal(Snapshot.Of(Project, [one]).Hash, Snapshot.Of(Project, [moved]).Hash);
    }

    [Fact]
    public void Hash_OtherProject_DiffersEvenWhenEmpty() =>
        Assert.NotEqual(Snapshot.Of(Project, []).Hash, Snapshot.Of(new ProjectId("other"), []).Hash);

    // The canonical text hashed with another tool: runs kept in a catalogue are found by this.
    [Fact]
    public void Hash_OfAKnownSnapshot_StaysWhatItWas() =>
        Assert.Equal("47898a0f442d4c4b4d01dc0869cae7d7663af5970167f00dcfbfc69d8c81299b", Snapshot.Of(Project, [Submission(1, 'a')]).Hash);

    [Fact]
    public void Of_SubmissionOfAnotherProject_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => Snapshot.Of(new ProjectId("other"), [Submission(1, 'a')]));

        Assert.Contains("other", error.Message, StringComparison.Ordinal);
    }

    private static Submission Submission(long sequence, char content) => new(
        $"s-{sequence}",
        new OrganisationId("0180"),
        Project,
        PeriodLength.Year,
        new Period(PeriodLength.Year, 2020),
        new Period(PeriodLength.Year, 2024),
        AllowedUses.OwnEvaluation | AllowedUses.ComparisonForOthers,
        DataPolicy.Standard,
        Hash(content),
        """{"schema_version":1}""",
        new LakeObject(Hash(content), 100),
        10,
        new LakeObject(Hash('p'), 50),
        5,
        [],
        new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero),
        sequence);

    private static string Hash(char c) => new(c, 64);
}
