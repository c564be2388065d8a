using System.Net;
using System.Xml.Linq;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Hub.Tests.Web;

/// <summary>Text from outside stays text: in titles that a municipality registers, and in what a reader asks for.</summary>
public sealed class HostileTextTests(NswHub nsw) : IClassFixture<NswHub>
{
    private const string Hostile = "</h1><script>alert(1)</script>\"'&<img src=x onerror=alert(1)>";

    [Fact]
    public async Task AHostileTitle_IsShownAsItIs_AndRunsNothing()
    {
        var plan = PlanMapping.ToWire(TestHub.NswPlans().Single(p => p.Id == "nsw-nearest-neighbour"));
        (plan.Id, plan.TitleSv, plan.TitleEn) = ("hostile", Hostile + "\u202E", Hostile);
        await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = plan }, nsw.Owner);
        await nsw.Hub.WaitForEffectsAsync("hostile", nsw.Owner);
        string[] paths = ["/plans", "/plans/hostile", "/effects?plan=hostile", await nsw.Hub.EffectPathAsync("hostile")];

        foreach (var path in paths)
        {
            var page = await nsw.Hub.PageAsync(path);
            Assert.Contains(Hostile + "\uFFFD", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(page.Root.Descendants(), e => e.Name.LocalName is "script" or "img");
        }
    }

    [Theory]
    [InlineData("/effects?plan=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&organisation=%3Cimg%20src=x%3E&method=%00%01")]
    [InlineData("/effects/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/plans?organisation=%22%20onfocus=alert(1)&size=%3Cb%3E")]
    [InlineData("/%22%3E%3Cscript%3E")]
    [InlineData("/%5C%5Cevil.example")]
    public async Task AHostileQuestion_IsAnsweredWithAPageOfTheHubsOwnMarkup(string path)
    {
        var page = await nsw.Hub.PageAsync(path);

        Assert.True(page.Status is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{page.Status}");
        Assert.DoesNotContain(page.Root.Descendants(), e => e.Name.LocalName is "script" or "img" or "b");
        Assert.DoesNotContain(page.Root.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(page.Links.Where(l => l != "data:,"), l => Assert.True(Tags.IsWithin(l), l));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("effects")]
    public void ALinkOutOfTheHub_CannotBeMade(string href) => Assert.Throws<ArgumentException>(() => Tags.A(href, "x"));
}
