using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Explanations.V1;

namespace SiOutcomeLab.Cli.Tests.Showing;

public sealed class KronorChangeShowingTests
{
    [Fact]
    public void Change_Divided_TellsLinesByActorAndWhichPrices()
    {
        var text = Text(Language.Swedish, Divided());

        Assert.Matches(@"hela värdet +60 900 +71 900 +\+11 000 +\+9 000 +\+2 000", text);
        Assert.Matches(@"· kommunen +47 900 +55 000 +\+7 100 +\+5 500 +\+1 600", text);
        Assert.Matches(@"slutar förbrukas +visas inte +56 000 +– +– +–", text);
        foreach (var part in new[]
        {
            "delas inte: de tidigare visas inte", "Först effekten, i de tidigare priserna", "prisnivå 2023 → 2024", "index kpi → pkv",
            "utan diskontering → 3,5 procent om året", "day, Dygn: ändrad (siffran, prisnivån), 5 889 → 6 177 kr", "month, Månad: ny, – → 1,50 kr",
        })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1, "Priserna är som de var.", "hela värdet")]
    [InlineData(2, "Prices are as they were.", "the whole value")]
    public void Change_SamePrices_SaysSo(int language, string prices, string line)
    {
        var change = Divided();
        change.ToTerms = change.FromTerms;
        change.Prices.Clear();

        var text = Text((Language)language, change);

        Assert.Contains(prices, text, StringComparison.Ordinal);
        Assert.Contains(line, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Change_Obstacle_IsToldWithoutATable()
    {
        var text = Text(Language.English, new KronorChange { UnitCostSet = "teaching", ToCosts = "costs/b", Obstacle = KronorObstacle.NotCostedBefore });

        Assert.Contains("there were no kronor then", text, StringComparison.Ordinal);
        Assert.DoesNotContain("─", text, StringComparison.Ordinal);
    }

    // A value without words would be told as its number's name.
    [Fact]
    public void EveryValue_HasWordsInBothLanguages()
    {
        Told<KronorObstacle>(v => ExplanationNames.Of(v));
        Told<DivisionObstacle>(v => ExplanationNames.Of(v));
        Told<SavingLine>(v => ExplanationNames.Of(v));
        Told<PriceRowChange>(v => ExplanationNames.Of(v));
        Told<PriceField>(v => ExplanationNames.Of(v));

        static void Told<T>(Func<T, Domain.BilingualText> of)
            where T : struct, Enum
        {
            foreach (var value in Enum.GetValues<T>().Skip(1))
            {
                Assert.NotEqual(value.ToString(), of(value).Sv);
                Assert.NotEqual(value.ToString(), of(value).En);
            }
        }
    }

    private static KronorChange Divided() => new()
    {
        UnitCostSet = "teaching",
        FromCosts = "costs/jobb-v1-11111111-teaching-2023-0123abcd",
        ToCosts = "costs/jobb-v1-22222222-teaching-2024-89abcdef",
        FromTerms = new CostTerms { PriceYear = 2023, PriceIndex = "kpi", DiscountRateSv = "utan diskontering", DiscountRateEn = "not discounted" },
        ToTerms = new CostTerms
        {
            PriceYear = 2024, PriceIndex = "pkv", DiscountRate = 0.035, DiscountRateSv = "3,5 procent om året", DiscountRateEn = "3.5 per cent a year",
        },
        Prices =
        {
            new PriceChange
            {
                Code = "day", NameSv = "Dygn", NameEn = "Day", Kind = PriceRowChange.Changed, Fields = { PriceField.Figure, PriceField.PriceLevel },
                FromSek = 5_888.69, ToSek = 6_177.21,
            },
            new PriceChange { Code = "month", NameSv = "Månad", NameEn = "Month", Kind = PriceRowChange.Added, ToSek = 1.5 },
        },
        Lines =
        {
            new LineChange
            {
                Line = SavingLine.EconomicValue,
                Together = Row(60_900, 69_900, 71_900),
                ByActor =
                {
                    new ActorDivision { Actor = Actor.Municipality, NameSv = "kommunen", NameEn = "the municipality", Division = Row(47_900, 53_400, 55_000) },
                },
            },
            new LineChange
            {
                Line = SavingLine.Marginal,
                Together = new Division
                {
                    Before = new Cell { Suppressed = Suppression.FewPersons }, After = new Cell { Value = 56_000 }, Obstacle = DivisionObstacle.BeforeWithheld,
                },
            },
        },
    };

    private static Division Row(double before, double between, double after) => new()
    {
        Before = new Cell { Value = before }, Between = new Cell { Value = between }, After = new Cell { Value = after },
        Change = after - before, OfEffect = between - before, OfPrices = after - between,
    };

    private static string Text(Language language, KronorChange change)
    {
        using var output = new StringWriter();
        KronorChangeSheet.Write(new Terminal(output, TextWriter.Null, language), change);
        var text = output.ToString().Replace('\u00A0', ' ');
        Assert.All(text.Split('\n'), l => Assert.True(l.TrimEnd().Length <= 100, l));
        return text;
    }
}
