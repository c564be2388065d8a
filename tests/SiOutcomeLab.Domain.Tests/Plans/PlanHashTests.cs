using System.Reflection;
using System.Text;
using System.Text.Json;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Domain.Tests.Plans;

public sealed class PlanHashTests
{
    // What a registration locks: a change of this text, in whatever release of whatever library, unlocks every plan registered before.
    private static readonly string Canonical =
        """
        {"Id":"jobb-2024","Version":2,"Organisation":"0180","Project":"early-support","Intervention":"job-support",
        "Title":{"Sv":"Jobbst\u00F6d","En":"Job support"},"PeriodLength":"Quarter","FirstIndex":"2024-Q1","LastIndex":"2024-Q4",
        "TargetGroup":[{"Variable":"birth_year","Lag":1,"Minimum":1990,"Maximum":2006},{"Variable":"sex","Lag":2,"OneOf":["man","woman"]}],
        "Primary":{"Measure":"income_support_months","HorizonPeriods":4,"Summary":"SumToHorizon"},
        "Covariates":[{"Variable":"birth_year","Lag":1},{"Variable":"sex","Lag":1,"Baseline":"man"}],"Pool":"Project",
        "Balancing":{"kind":"nearest-neighbour","Ratio":3,"Caliper":0.2,"OnLogit":true,"Replacement":false},"Estimator":"Matched",
        "Sensitivity":["AugmentedInversePropensity","EntropyBalancing"],"TieOrder":"Pseudonym","MinimumTreated":30,"MinimumComparison":40,
        "SmallestWorthwhileEffect":1.5,"ConfidenceLevel":0.95,"LookDueOn":"2026-03-01","Seed":20260301}
        """.ReplaceLineEndings(string.Empty);

    [Fact]
    public void CanonicalJson_OfAKnownPlan_IsTheKeptText() =>
        Assert.Equal(Canonical, Encoding.UTF8.GetString(PlanHash.CanonicalJson(SamplePlan.MakePlain())));

    [Fact]
    public void Of_AKnownPlan_IsTheKeptHash() =>
        Assert.Equal("de2cf4a947f84c80c3e9bf1230963812adde9f9de99be10643f89a4b7f26af75", PlanHash.Of(SamplePlan.MakePlain()));

    [Fact]
    public void Of_AnyOnePropertyChanged_IsAnotherHash()
    {
        var plan = SamplePlan.Make();
        var hash = PlanHash.Of(plan);

        var changes = Variations.Of(plan).ToArray();

        Assert.All(changes, c => Assert.False(hash == PlanHash.Of(c.Changed), $"{c.Path} does not enter the hash."));
        var touched = changes.Select(c => c.Path.Split(' ', '[', '.')[0]).ToHashSet();
        Assert.All(typeof(EvaluationPlan).GetProperties().Where(p => p.CanWrite), p => Assert.Contains(touched, path => path.StartsWith(p.Name, StringComparison.Ordinal)));
        Assert.Equal(changes.Length, changes.Select(c => PlanHash.Of(c.Changed)).Distinct().Count());
    }

    [Fact]
    public void Parse_EveryVariation_GivesTheSameTextBack()
    {
        foreach (var (path, plan) in Variations.Of(SamplePlan.Make()))
        {
            var text = PlanHash.CanonicalJson(plan);
            Assert.True(text.AsSpan().SequenceEqual(PlanHash.CanonicalJson(PlanHash.Parse(text))), path);
        }
    }

    [Fact]
    public void Parse_CanonicalText_GivesEveryPropertyBack()
    {
        var back = PlanHash.Parse(Encoding.UTF8.GetBytes(Canonical));

        var plan = SamplePlan.MakePlain();
        foreach (var property in typeof(EvaluationPlan).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            Assert.Equivalent(property.GetValue(plan), property.GetValue(back), strict: true);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"FirstIndex":"2024-Q9"}""")]
    [InlineData("""{"FirstIndex":null}""")]
    [InlineData("""{"Organisation":null}""")]
    [InlineData("""{"Organisation":180}""")]
    [InlineData("""{"Balancing":{"kind":"guess"}}""")]
    [InlineData("""{"Estimator":"Guess"}""")]
    public void Parse_NoPlan_IsRefusedAsJson(string text) =>
        Assert.ThrowsAny<JsonException>(() => PlanHash.Parse(Encoding.UTF8.GetBytes(text)));
}
