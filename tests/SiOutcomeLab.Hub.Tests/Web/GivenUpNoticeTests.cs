using Grpc.Core;
using SiOutcomeLab.Protos.Runs.V1;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests.Web;

/// <summary>That a run's kronor have been given up stands on the pages of its plan and effects, for those whom the calls tell it.</summary>
public sealed class GivenUpNoticeTests(NswHub nsw) : IClassFixture<NswHub>
{
    private const string Heading = "Kronor som inte har räknats";

    [Fact]
    public async Task AGivenUpCosting_IsToldToItsOwnWithWhatToDo_AndIsGoneWhenStartedAgain()
    {
        var (plan, run) = await GivenUpRun.MakeAsync(nsw, "nsw-no-kronor");
        var told = (await nsw.Hub.Runs.GetRunAsync(new GetRunRequest { Name = run }, nsw.Owner)).Run.UnitCostSetsGivenUp;
        var effect = await nsw.Hub.EffectPathAsync(plan);
        string[] paths = ["/plans/" + plan, "/plans/" + plan + "?version=1", effect, await nsw.Hub.EffectPathAsync(plan, 2)];

        foreach (var token in new[] { Token(nsw.Owner), await TokenAsync(TestHub.NswOrganisation, Role.Submitter), await TokenAsync("lab", Role.Steward) })
        {
            foreach (var path in paths)
            {
                var section = Assert.Single((await nsw.Hub.PageAsync(path, token)).Root.Descendants("section"), s => s.Element("h2")!.Value == Heading);
                Assert.Equal([run, .. told, $"silab runs recost {run}"], section.Descendants("code").Select(c => c.Value));
                Assert.Contains("hubben försöker inte igen", section.Value, StringComparison.Ordinal);
            }
        }

        var explained = await nsw.Hub.PageAsync(effect + "/explain", Token(nsw.Owner));
        Assert.Contains("Inga kronor är räknade för denna körning.", explained.Text, StringComparison.Ordinal);
        Assert.Contains("#" + Assert.Single(explained.Root.Descendants("h2"), h => h.Value == Heading).Attribute("id")!.Value, explained.Links);
        var english = (await nsw.Hub.PageAsync(effect + "?lang=en", Token(nsw.Owner))).Text;
        Assert.Contains("Kronor that have not been counted", english, StringComparison.Ordinal);
        Assert.Contains("The full cost whoever pays", english, StringComparison.Ordinal);
        foreach (var token in new[] { null, await TokenAsync("9911", Role.Analyst, Role.Submitter), await TokenAsync(TestHub.NswOrganisation) })
        {
            foreach (var path in paths) await NotToldAsync(path, token);
        }

        await NotToldAsync("/plans/nsw-entropy-balancing", Token(nsw.Owner));
        await NotToldAsync(await nsw.Hub.EffectPathAsync("nsw-entropy-balancing"), Token(nsw.Owner));
        var tag = (await nsw.Hub.PageAsync(effect, Token(nsw.Owner))).Headers.ETag;

        await nsw.Hub.Runs.RestartCostingAsync(new RestartCostingRequest { Name = run }, nsw.Owner);

        foreach (var path in paths.Append(effect + "/explain")) await NotToldAsync(path, Token(nsw.Owner));
        Assert.NotEqual(tag, (await nsw.Hub.PageAsync(effect, Token(nsw.Owner))).Headers.ETag);
    }

    private async Task NotToldAsync(string path, string? token)
    {
        var page = await nsw.Hub.PageAsync(path, token);
        Assert.Equal(System.Net.HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("recost", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Heading, page.Text, StringComparison.Ordinal);
    }

    private static string Token(Metadata headers) => headers[0].Value;

    private async Task<string> TokenAsync(string organisation, params Role[] roles) => Token(await nsw.Hub.HeadersAsync(organisation, roles));
}
