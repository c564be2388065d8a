using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Disclosure.Tests.Rules;

/// <summary>Each threshold from both sides, so that moving one by one person, or turning a comparison, fails here.</summary>
public sealed class StandardPolicyTests
{
    private static readonly StandardPolicy Policy = StandardPolicy.Instance;

    [Theory]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    [InlineData(12, 10)]
    [InlineData(13, 15)]
    [InlineData(614, 615)]
    public void Count_TenOrMore_IsShownRoundedToFive(int persons, double expected)
    {
        Assert.True(Policy.Count(persons).TryGet(out var shown));
        Assert.Equal(expected, shown);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public void Count_BelowTen_IsWithheldAlsoWhenNobody(int persons)
    {
        Assert.False(Policy.Count(persons).TryGet(out var value));
        Assert.True(double.IsNaN(value));
        Assert.Equal(SuppressionReason.FewPersons, Policy.Count(persons).Suppression);
    }

    [Theory]
    [InlineData(30, 30, 10.0, 10, null)]
    [InlineData(29, 30, 10.0, 10, SuppressionReason.FewPersons)]
    [InlineData(30, 29, 10.0, 10, SuppressionReason.FewPersons)]
    [InlineData(30, 30, 9.99, 10, SuppressionReason.FewPersons)]
    [InlineData(30, 30, 10.0, 9, SuppressionReason.FewDegreesOfFreedom)]
    [InlineData(3000, 3000, 1000.0, 9, SuppressionReason.FewDegreesOfFreedom)]
    public void Refuses_ModelOnTooLittle_SaysWhy(int treated, int comparison, double effective, int degrees, SuppressionReason? expected) =>
        Assert.Equal(expected, Policy.Refuses(new ModelBasis(treated, comparison, effective, degrees)));

    [Theory]
    [InlineData(10, 10, null)]
    [InlineData(9, 100, SuppressionReason.FewPersons)]
    [InlineData(100, 9, SuppressionReason.FewPersons)]
    [InlineData(0, 100, SuppressionReason.FewPersons)]
    public void RefusesCategories_EitherSideBelowTen_SaysWhy(double yes, double no, SuppressionReason? expected) =>
        Assert.Equal(expected, Policy.RefusesCategories(yes, no));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(-1, false)]
    public void AllowsDifference_OneToNinePersons_IsRefused(int difference, bool expected) => Assert.Equal(expected, Policy.AllowsDifference(difference));

    // The kinds are numbers here because the enum is internal to the room, and a test method is public.
    [Theory]
    [InlineData(1, -1794.342, -1790)]
    [InlineData(1, 0.00012345, 0.000123)]
    [InlineData(2, 0.0004, 0.001)]
    [InlineData(2, 0, 0.001)]
    [InlineData(2, 0.04999, 0.05)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 0.876, 0.88)]
    [InlineData(4, -0.104, -0.1)]
    [InlineData(4, double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(5, 44.6, 45)]
    [InlineData(5, 12.4, 10)]
    public void Number_OfEachKind_IsRoundedInItsWay(int kind, double value, double expected)
    {
        Assert.True(Policy.Number((NumberKind)kind, value).TryGet(out var shown));
        Assert.Equal(expected, shown, 1e-12 * Math.Abs(expected));
    }

    [Fact]
    public void OpenData_AnyNumber_IsExact()
    {
        var policy = OpenDataPolicy.Instance;

        Assert.True(policy.Count(1).TryGet(out var count));
        Assert.Equal(1, count);
        foreach (var kind in Enum.GetValues<NumberKind>())
        {
            Assert.True(policy.Number(kind, 0.123456789012345).TryGet(out var number));
            Assert.Equal(0.123456789012345, number);
        }

        Assert.Null(policy.Refuses(new ModelBasis(1, 1, 1, 0)));
        Assert.Null(policy.RefusesCategories(1, 1));
        Assert.True(policy.AllowsDifference(1));
        Assert.Equal(Audience.Public, policy.Audience);
    }

    [Fact]
    public void For_EveryDataPolicy_HasItsRules()
    {
        Assert.Same(StandardPolicy.Instance, Policies.For(DataPolicy.Standard));
        Assert.Same(OpenDataPolicy.Instance, Policies.For(DataPolicy.OpenData));
        Assert.All(Enum.GetValues<DataPolicy>(), policy => Assert.NotEmpty(Policies.For(policy).RuleVersion));
        Assert.Throws<ArgumentOutOfRangeException>(() => Policies.For(0));
        Assert.Equal(Audience.Analyst, StandardPolicy.Instance.Audience);
        Assert.Equal("standard-1", StandardPolicy.Instance.RuleVersion);
    }
}
