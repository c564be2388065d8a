using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract.Tests.Catalogue;

public sealed class CatalogueTests
{
    [Fact]
    public void Municipalities_AreThe290_InTheCountsPerCounty()
    {
        var real = MunicipalityRegister.Current.All.Where(m => !m.IsTeaching).ToList();

        Assert.Equal(290, real.Count);
        Assert.Equal(290, real.Select(m => m.Code).Distinct().Count());
        Assert.Equal(21, real.Select(m => m.CountyCode).Distinct().Count());
        Assert.Equal(49, real.Count(m => m.CountyCode == "14"));
        Assert.Equal(33, real.Count(m => m.CountyCode == "12"));
        Assert.Equal(1, real.Count(m => m.CountyCode == "09"));
        Assert.All(real, m => Assert.Equal(m.CountyCode, m.Code[..2]));
        Assert.True(MunicipalityRegister.Current.TryFind("0180", out var stockholm));
        Assert.Equal("Stockholm", stockholm.Name);
    }

    [Fact]
    public void TeachingMunicipalities_CollideWithNoRealCodeOrName()
    {
        var real = MunicipalityRegister.Current.All.Where(m => !m.IsTeaching).ToList();
        var teaching = MunicipalityRegister.Current.All.Where(m => m.IsTeaching).ToList();

        Assert.Equal(13, teaching.Count);
        Assert.All(teaching, m => Assert.StartsWith("99", m.Code, StringComparison.Ordinal));
        Assert.Empty(teaching.Select(m => m.Name).Intersect(real.Select(m => m.Name)));
        Assert.True(MunicipalityRegister.Current.IsTeaching("9901"));
        Assert.False(MunicipalityRegister.Current.IsTeaching("0180"));
        Assert.False(MunicipalityRegister.Current.IsTeaching("lab"));
    }

    [Fact]
    public void CodesOfColumns_AreValidAndUniqueOverBothCatalogues()
    {
        var codes =
            CovariateCatalogue.Current.All.Select(c => c.Code).Concat(MeasureCatalogue.Current.All.Select(m => m.Code.Code)).ToList();

        Assert.All(codes, code => Assert.True(CodeRule.IsValid(code)));
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    [Fact]
    public void Rows_HaveBothLanguagesAndSensibleLimits()
    {
        Assert.All(MeasureCatalogue.Current.All, m =>
        {
            Assert.False(string.IsNullOrWhiteSpace(m.NameSv) || string.IsNullOrWhiteSpace(m.NameEn));
            Assert.False(string.IsNullOrWhiteSpace(m.UnitSv) || string.IsNullOrWhiteSpace(m.UnitEn));
            Assert.True(m.Minimum < m.MaximumFor(PeriodLength.Month));
            Assert.True(!m.IsRate || (m.Minimum == 0 && m.MaximumFor(PeriodLength.Year) == 1));
            Assert.Equal(m.Scope == CatalogueScope.Teaching, m.OwningSource == OwningSource.Teaching);
        });
        Assert.All(CovariateCatalogue.Current.All, c =>
        {
            Assert.False(string.IsNullOrWhiteSpace(c.NameSv) || string.IsNullOrWhiteSpace(c.NameEn));
            Assert.Equal(c.Kind == ValueKind.Category, c.Categories.Count > 1);
            Assert.Equal(c.Kind == ValueKind.Category, c.Minimum is null || c.Maximum is null);
        });
    }

    [Fact]
    public void ContractTable_EveryRow_SaysEverythingInBothLanguages()
    {
        var table = ContractTable.For(PeriodLength.Quarter);

        Assert.Equal(5 + CovariateCatalogue.Current.All.Count + MeasureCatalogue.Current.All.Count + 7, table.Count);
        Assert.All(table, row =>
        {
            Assert.True(CodeRule.IsValid(row.Code));
            foreach (var text in new[] { row.Name, row.Type, row.Unit, row.Range, row.Direction, row.OwningSource, row.BudgetItem })
            {
                Assert.False(string.IsNullOrWhiteSpace(text.Sv) || string.IsNullOrWhiteSpace(text.En), row.Code);
            }

            Assert.All(row.Categories, c => Assert.NotEmpty(c.Sv));
            Assert.Equal(row.Categories.Count, row.Categories.Select(c => c.Sv).Distinct().Count());
            if (row.Role == ContractRole.Fixed) return;
            Assert.NotEqual("–", row.Unit.Sv);
            Assert.NotEqual("–", row.Direction.En);
        });
        Assert.Equal("heltal 0–92", table.Single(r => r.Code == "placement_days").Range.Sv);
        Assert.Equal("1900–2100", table.Single(r => r.Code == "birth_year").Range.En["whole ".Length..]);
        Assert.Equal("försörjningsstöd", table.Single(r => r.Code == "income_support_months").Aliases[1]);
    }

    [Fact]
    public void Headings_NamesAndAliases_MeanOneColumnEach()
    {
        foreach (var file in ContractTable.For(PeriodLength.Month).Where(r => r.Scope == CatalogueScope.National).GroupBy(r => r.Part))
        {
            var names = file.SelectMany(r => new[] { r.Code, r.Name.Sv, r.Name.En }.Concat(r.Aliases).Select(n => n.ToLowerInvariant()).Distinct());

            Assert.Empty(names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key));
        }
    }

    [Theory]
    [InlineData("placement_days", PeriodLength.Month, 31)]
    [InlineData("placement_days", PeriodLength.Quarter, 92)]
    [InlineData("placement_days", PeriodLength.Year, 366)]
    [InlineData("employment_months", PeriodLength.Quarter, 3)]
    [InlineData("school_absence_percent", PeriodLength.Year, 100)]
    public void MaximumFor_FollowsThePeriodLength(string code, PeriodLength length, double maximum)
    {
        Assert.True(MeasureCatalogue.Current.TryFind(code, out var measure));
        Assert.Equal(maximum, measure.MaximumFor(length));
    }

    [Fact]
    public void Parse_QuotedFields_KeepCommasAndQuotes()
    {
        var row = CatalogueTable.Parse("t", "a,b\n\"x, y\",\"say \"\"hi\"\"\"\n").Rows().Single();

        Assert.Equal(("x, y", "say \"hi\""), (row["a"], row["b"]));
    }

    [Theory]
    [InlineData("a,b\n1\n")]
    [InlineData("")]
    public void Parse_BrokenTable_NamesTheTable(string text)
    {
        var error = Assert.Throws<InvalidDataException>(() => CatalogueTable.Parse("tabell.csv", text));

        Assert.Contains("tabell.csv", error.Message, StringComparison.Ordinal);
    }
}
