using System.Net;
using SiOutcomeLab.Hub.Tests.Costs;

namespace SiOutcomeLab.Hub.Tests.Web;

/// <summary>What the pages say in kronor, and to whom.</summary>
public sealed class CostPageTests(CostHub world) : IClassFixture<CostHub>
{
    private string Analyst => world.Analyst[0].Value;

    [Fact]
    public async Task CostPage_OfASaving_TellsWhoSavesInThreeLines()
    {
        var page = await world.Hub.PageAsync("/" + world.Inside, Analyst);

        const string Table = "Besparingen efter vem som betalar, kronor per deltagare";
        Assert.Equal((HttpStatusCode.OK, "Arbetsträning och inkomst 1978, entropibalansering"), (page.Status, page.Heading));
        Assert.Equal("246 240 kr (147 744 till 344 736)", page.Cell(Table, "kommunen"));
        Assert.Equal("95 760 kr (57 456 till 134 064)", page.Cell(Table, "Statens institutionsstyrelse"));
        Assert.Equal("342 000 kr (205 200 till 478 800)", page.Cell(Table, "tillsammans"));
        Assert.StartsWith("273 000 kr", page.Cell(Table, "tillsammans", 2), StringComparison.Ordinal);
        Assert.StartsWith("198 000 kr", page.Cell(Table, "tillsammans", 4), StringComparison.Ordinal);
        Assert.StartsWith("273 000 kr", page.Cell("Besparingens tre rader, kronor per deltagare", "2. Marginellt: det som verkligen slutar att förbrukas"), StringComparison.Ordinal);
        Assert.Equal("kommunen", page.Cell("Det hela värdet, post för post i budgetarna", "placering barn och unga"));
        Assert.Equal("342 000 kr", page.Cell("Det hela värdet: vad varje krona vilar på", "beräknat från närliggande uppgifter"));
        Assert.Contains("Verifierad: effekten bakom får bära pengar.", page.Text, StringComparison.Ordinal);
        Assert.Contains("kapad till kostnaden under den: visas inte: vilar på för få personer.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CostPage_OfBaselines_KeepsTheTwoKindsApart()
    {
        var page = await world.Hub.PageAsync("/" + world.Inside + "?lang=en", Analyst);

        const string Group = "What the target group costs without the intervention";
        const string Without = "What participants would have cost without the intervention";
        Assert.Equal("294,000 kr (176,400 to 411,600)", page.Cell($"{Group}, kronor per person and year", "together"));
        Assert.Equal("548,000 kr (328,800 to 767,200)", page.Cell($"{Without}, kronor per person and year", "together"));
        Assert.Equal([Group, Without], page.Root.Descendants("h2").Select(h => h.Value).Where(h => h.StartsWith("What ", StringComparison.Ordinal) && h.Contains("cost", StringComparison.Ordinal)));
        Assert.Contains("below it: 281,000 kr. The difference", page.Text, StringComparison.Ordinal);
        Assert.Contains("4,900 kr per day, 2020 prices", page.Text, StringComparison.Ordinal);
        var pictures = page.Root.Descendants().Where(e => e.Name.LocalName == "svg").Select(e => e.Elements().First().Attribute("id")!.Value);
        Assert.Equal(
            ["waterfall-wide-title", "waterfall-narrow-title", "bars-target-group-wide-title", "bars-target-group-narrow-title",
                "bars-counterfactual-wide-title", "bars-counterfactual-narrow-title"], pictures);
    }

    [Fact]
    public async Task CostPage_OfOtherUnitCosts_StandsBesideTheFirst()
    {
        var page = await world.Hub.PageAsync("/" + world.Inside, Analyst);
        var other = Assert.Single(page.Links, l => l == "/" + world.Open);

        Assert.Equal(HttpStatusCode.OK, (await world.Hub.PageAsync(other)).Status);
        Assert.StartsWith("342 000 kr", page.Cell(
            "Samma resultat med andra enhetskostnader, kronor per deltagare", "Som i Norrköpings placeringsavtal, 2023"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CostPage_ReleasedToAnalysts_IsNotThereForAnybodyElse()
    {
        var unseen = await world.Hub.PageAsync("/" + world.Inside);
        var nothing = await world.Hub.PageAsync("/costs/no-such");

        Assert.Equal(HttpStatusCode.NotFound, unseen.Status);
        Assert.Equal(nothing.Html.Replace("/costs/no-such", "/" + world.Inside, StringComparison.Ordinal), unseen.Html);
        Assert.DoesNotContain("/" + world.Inside, (await world.Hub.PageAsync("/costs")).Links);
        Assert.Contains("/" + world.Inside, (await world.Hub.PageAsync("/costs", Analyst)).Links);
    }

    [Fact]
    public async Task CostPage_OfAPool_TellsWithheldRowsInWords()
    {
        var page = await world.Hub.PageAsync("/" + world.Pool, Analyst);

        const string Table = "Vad målgruppen kostar utan insatsen, kronor per person och år";
        Assert.Equal("supported-work, kommungrupp A1", page.Heading);
        Assert.Equal("visas inte: en eller två utgör nästan hela talet", page.Cell(Table, "Statens institutionsstyrelse"));
        Assert.Equal("visas inte: kunde räknas ut tillsammans med ett annat dolt tal", page.Cell(Table, "tillsammans"));
        Assert.Equal("72 000 kr (70 000 till 74 000)", page.Cell(Table, "kommunen"));
    }

    [Theory]
    [InlineData("/costs", 1)]
    [InlineData("/costs?set=norrkoping-2016", 1)]
    [InlineData("/costs?set=teaching", 0)]
    [InlineData("/costs?plan=nsw-nearest-neighbour", 0)]
    [InlineData("/costs?plan=nsw-nearest-neighbour&all=1", 3)]
    [InlineData("/costs?organisation=0180&all=1", 0)]
    public async Task CostList_Filtered_ShowsWhatFits(string path, int expected)
    {
        var page = await world.Hub.PageAsync(path);

        Assert.Equal(expected, page.Links.Count(l => l.StartsWith("/costs/", StringComparison.Ordinal)));
        Assert.Equal(expected == 0, page.Text.Contains("Inga kronor som du får se passar filtret.", StringComparison.Ordinal));
    }
}
