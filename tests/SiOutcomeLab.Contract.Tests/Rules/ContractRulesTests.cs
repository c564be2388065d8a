using System.Text.RegularExpressions;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract.Tests.Rules;

public sealed partial class ContractRulesTests
{
    [Fact]
    public void All_HaveUniqueCodesAndBothLanguages()
    {
        Assert.Equal(ContractRules.All.Count, ContractRules.All.Select(r => r.Code).Distinct().Count());
        Assert.All(ContractRules.All, rule =>
        {
            Assert.Matches(CodeForm(), rule.Code);
            foreach (var text in new[] { rule.Explanation, rule.Remedy })
            {
                Assert.EndsWith(".", text.Sv, StringComparison.Ordinal);
                Assert.EndsWith(".", text.En, StringComparison.Ordinal);
                Assert.NotEqual(text.Sv, text.En);
                Assert.Equal(Regex.Count(text.Sv, @"\{\d\}"), Regex.Count(text.En, @"\{\d\}"));
            }
        });
    }

    [Fact]
    public void All_HoldsEveryRuleThatIsDefined()
    {
        var defined = typeof(ContractRules).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public))
            .Where(f => f.FieldType == typeof(ContractRule))
            .Select(f => ((ContractRule)f.GetValue(null)!).Code);

        Assert.Equal(defined.Order(StringComparer.Ordinal), ContractRules.All.Select(r => r.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TryFind_KnowsCodesAndNothingElse()
    {
        Assert.True(ContractRules.TryFind("IDENTITY_NUMBER", out var rule));
        Assert.Equal(Severity.Error, rule.Severity);
        Assert.False(ContractRules.TryFind("identity_number", out _));
    }

    [Fact]
    public void EveryRule_IsBrokenByATest()
    {
        // The rules' codes stand as text in the tests that break them; a rule that no test names is not known to work. What only the hub
        // can tell is broken through its door.
        string[] folders = ["SiOutcomeLab.Contract.Tests", Path.Combine("SiOutcomeLab.Hub.Tests", "Custody")];
        var tests = string.Join('\n', folders
            .SelectMany(f => Directory.GetFiles(Path.Combine(Building.RepositoryFolder.Datasets, "..", "tests", f), "*Tests.cs", SearchOption.AllDirectories))
            .Where(f => !f.EndsWith("ContractRulesTests.cs", StringComparison.Ordinal)).Select(File.ReadAllText));

        Assert.All(ContractRules.All, rule => Assert.Contains($"\"{rule.Code}\"", tests, StringComparison.Ordinal));
    }

    [GeneratedRegex("^[A-Z]+(_[A-Z]+)*$")]
    private static partial Regex CodeForm();
}
