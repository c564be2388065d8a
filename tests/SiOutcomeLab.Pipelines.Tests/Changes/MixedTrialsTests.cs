using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Changes;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Changes;

/// <summary>Rows of two snapshots put together: what every step between two results is estimated on.</summary>
public sealed class MixedTrialsTests
{
    private const int Starters = 40;

    private static readonly EvaluationPlan Plan = SamplePlans.Years with { TieOrder = TieOrder.Pseudonym };

    [Theory]
    [InlineData(TieOrder.AsDelivered)]
    [InlineData(TieOrder.Pseudonym)]
    public async Task For_EverythingOfTheLater_IsTheLatersOwnCohort(TieOrder order)
    {
        var (before, after) = await TrialsAsync(Delivered(Starters), Delivered(Starters, classSize: 4, lost: 7), Plan with { TieOrder = order });
        var expected = after.For(0);

        var mixed = Mixed(before, after, [RowPart.Participants, RowPart.OwnComparison, RowPart.OthersComparison]).For(0);

        Assert.Equal(expected.Treated, mixed.Treated);
        Assert.Equal(expected.Index, mixed.Index);
        Assert.Equal(expected.Outcome.Unseal(GateVerdict.Pass), mixed.Outcome.Unseal(GateVerdict.Pass));
        Assert.Equal(expected.Covariates.Column(0).ToArray(), mixed.Covariates.Column(0).ToArray());
        Assert.Equal(Partition(expected.Person), Partition(mixed.Person));
        // Ten classes of four, and everybody else alone.
        Assert.Equal(Partition(expected.Cluster), Partition(mixed.Cluster));
        Assert.True(mixed.Clusters.SequenceEqual(mixed.Cluster));
        Assert.Equal(10, mixed.Cluster.Where((_, i) => mixed.Treated[i]).Distinct().Count());
        Assert.Equal(expected.Flow.TakeLast(2), mixed.Flow);
        Assert.Equal(expected.EligibleTreated, mixed.EligibleTreated);
    }

    // Both have their classes by numbers of their own: a participant's is the later one's, and a comparison person has none.
    [Fact]
    public async Task For_ParticipantsOfTheLater_StandInTheLatersClasses()
    {
        var (before, after) = await TrialsAsync(Delivered(Starters, classSize: 8), Delivered(Starters, classSize: 5), Plan);

        var mixed = Mixed(before, after, [RowPart.Participants]).For(0);

        var participants = Enumerable.Range(0, mixed.Rows).Where(i => mixed.Treated[i]).ToArray();
        Assert.All(participants.GroupBy(i => mixed.Cluster[i]), g => Assert.Equal(5, g.Count()));
        Assert.Equal(8, participants.Select(i => mixed.Cluster[i]).Distinct().Count());
        // 120 who never start, each a cluster in both years; those who started stand in no other's.
        var others = Enumerable.Range(0, mixed.Rows).Where(i => !mixed.Treated[i]).ToArray();
        Assert.Equal(120, others.Select(i => mixed.Cluster[i]).Except(participants.Select(i => mixed.Cluster[i])).Distinct().Count());
    }

    [Fact]
    public async Task WithLost_KeepsThoseNotObservedInTheirClasses()
    {
        var (before, after) = await TrialsAsync(Delivered(Starters, classSize: 4), Delivered(Starters, classSize: 4, lost: 7), Plan);
        var expected = after.WithLost(0);

        var mixed = Mixed(before, after, [RowPart.Participants, RowPart.OwnComparison, RowPart.OthersComparison]).WithLost(0);

        Assert.Equal(expected.Observed, mixed.Observed);
        Assert.Equal(Partition(expected.Cluster), Partition(mixed.Cluster));
        Assert.Equal(expected.Flow.TakeLast(2), mixed.Flow);
    }

    private static MixedTrials Mixed(TrialCohort before, TrialCohort after, RowPart[] fromAfter)
    {
        var levels = RowTable.LevelsFor(after.Source);
        return new MixedTrials(new RowTable(before.Source, levels), new RowTable(after.Source, levels), levels, fromAfter);
    }

    private static async Task<(TrialCohort Before, TrialCohort After)> TrialsAsync(FollowUp before, FollowUp after, EvaluationPlan plan)
    {
        await using TestLab one = await TestLab.OpenAsync(), other = await TestLab.OpenAsync();
        await one.CommitAsync(before);
        await other.CommitAsync(after);
        return (await one.TrialsAsync(plan), await other.TrialsAsync(plan));
    }

    // By row, the first row that belongs with it: the same for any numbering.
    private static int[] Partition(int[] cluster) => [.. cluster.Select(c => Array.IndexOf(cluster, c))];

    // Participants start in classes of so many, the first half in 2022; those who are lost are the first of the others.
    private static FollowUp Delivered(int starters, int? classSize = null, int lost = 0)
    {
        var (random, data) = (new Random(4), new FollowUp { GroupRows = 100 });
        for (var i = 0; i < starters + 120; i++)
        {
            var before = 1000 + (100 * SampleCohorts.Normal(random));
            double? after = i >= starters && i < starters + lost ? null : before + (50 * SampleCohorts.Normal(random));
            data.Years(i, 2021, 30, "woman", before, before, after, after);
            if (i >= starters) continue;
            data.Start(i, SamplePlans.Code, i < starters / 2 ? "2022-03-01" : "2023-03-01", classSize is { } size ? $"class {(starters - 1 - i) / size}" : null);
        }

        return data;
    }
}
