using System.Net;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Hub.Tests.Identity;
using Cell = SiOutcomeLab.Disclosure.Cell;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests.Web;

/// <summary>Who sees what on a page: the audience that the same caller has in a call, and never more.</summary>
public sealed class PageAudienceTests(SecureHub secure) : IClassFixture<SecureHub>
{
    [Fact]
    public async Task AnEffectReleasedToAnalysts_IsNotThereForAnybodyElse()
    {
        await using var hub = await TestHub.StartAsync(_ => Policies.For(DataPolicy.Standard));
        var analyst = await LoadAsync(hub);
        var path = await hub.EffectPathAsync("nsw-entropy-balancing", token: analyst);

        var seen = await hub.PageAsync(path, analyst);
        var unseen = await hub.PageAsync(path);
        var nothing = await hub.PageAsync("/effects/no-such");
        var submitter = (await hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter))[0].Value;

        var explained = await hub.PageAsync(path + "/explain", analyst);
        Assert.Contains("430 jämförelsepersoner", explained.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("429 jämförelsepersoner", explained.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.PageAsync(path + "/explain", submitter)).Status);
        Assert.Equal("430", seen.Cell("Effekten på deltagarna", "Jämförelsepersoner"));
        Assert.Contains("släppt till analytiker", seen.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, unseen.Status);
        Assert.Equal(nothing.Html.Replace("/effects/no-such", path, StringComparison.Ordinal), unseen.Html);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.PageAsync(path, submitter)).Status);
        Assert.DoesNotContain((await hub.PageAsync("/effects?all=1")).Links, l => l.StartsWith("/effects/", StringComparison.Ordinal));
        var tag = seen.Headers.ETag!.ToString();
        Assert.Equal(HttpStatusCode.NotFound, (await hub.PageAsync(path, ifNoneMatch: tag)).Status);
    }

    [Fact]
    public async Task ASuppressedCell_IsToldInWords()
    {
        await using var hub = await TestHub.StartAsync(_ => new NoCounts());
        var page = await hub.PageAsync(await hub.EffectPathAsync("nsw-entropy-balancing", token: await LoadAsync(hub)));

        const string Words = "visas inte: vilar på för få personer";
        Assert.Equal(Words, page.Cell("Effekten på deltagarna", "Deltagare"));
        Assert.Equal(Words, page.Cell("Antal personer kvar efter varje steg", "I målgruppen"));
        Assert.Equal(Words, page.Cell("Antal personer kvar efter varje steg", "I målgruppen", 2));
        Assert.DoesNotContain(page.Root.Descendants(), e => e.Value.Trim() is "185" or "429");
        Assert.DoesNotContain("NaN", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATokenThatDoesNotWork_IsNotTakenForNone()
    {
        await using var hub = await TestHub.StartAsync();

        var page = await hub.PageAsync("/effects", "Bearer nonsense");

        Assert.Equal((HttpStatusCode.Unauthorized, "Inloggningen gäller inte"), (page.Status, page.Heading));
        Assert.True(page.Headers.Contains("Content-Security-Policy"));
        Assert.True(page.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task APage_SeenByAKnownCaller_StandsInTheAuditLogAsItsCall()
    {
        await using var hub = await TestHub.StartAsync();
        var analyst = (await hub.HeadersAsync("9901", Role.Analyst))[0].Value;
        await hub.PageAsync("/plans/no-such", analyst);
        await hub.PageAsync("/effects", analyst);
        await hub.PageAsync("/effects");
        await hub.Running.Catalogue.Audit.FlushAsync(Cancel.Token);

        var entries = await hub.Running.Catalogue.Audit.ListAsync(null, 0, 100, Cancel.Token);

        Assert.Equal(
            [("/sioutcomelab.plans.v1.PlanService/GetPlan", "", "NOT_FOUND"),
                ("/sioutcomelab.effects.v1.EffectService/ListEffects", "", "OK")],
            entries.Where(e => e.Entry.Organisation.Code == "9901").Select(e => (e.Entry.Call, e.Entry.Resource, e.Entry.Outcome)));
    }

    [Fact]
    public async Task ABrowserWithAClientCertificate_SeesWhatItsOwnerMay()
    {
        Assert.Contains("släppt till analytiker", await SecureAsync(secure.Authority.Client("9901", "anna")), StringComparison.Ordinal);
        Assert.Contains("släppt till alla", await SecureAsync(null), StringComparison.Ordinal);
        Assert.Contains("Inloggningen gäller inte", await SecureAsync(secure.OtherAuthority.Client("9901", "anna")),
            StringComparison.Ordinal);
    }

    private async Task<string> SecureAsync(System.Security.Cryptography.X509Certificates.X509Certificate2? certificate)
    {
        using var http = new HttpClient(secure.Handler(certificate)) { Timeout = TestHub.Timeout };
        using var response = await http.GetAsync(secure.Hub.JsonAddress, Cancel.Token);
        return await response.Content.ReadAsStringAsync(Cancel.Token);
    }

    private static async Task<string> LoadAsync(TestHub hub)
    {
        var owner = await hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);
        await hub.LoadNswAsync(owner);
        await hub.WaitForEffectsAsync("nsw-entropy-balancing", owner);
        return owner[0].Value;
    }

    private sealed class NoCounts() : DisclosurePolicy("no-counts-1", Audience.Public)
    {
        internal override Cell Count(int persons) => Cell.Suppressed(SuppressionReason.FewPersons);

        internal override Cell Number(NumberKind kind, double value) => Cell.Shown(Math.Round(value, 2));

        internal override Cell ShareOf(double share, int group) => Cell.Suppressed(SuppressionReason.FewPersons);

        internal override SuppressionReason? Refuses(ModelBasis basis) => null;

        internal override SuppressionReason? RefusesCategories(double yes, double no) => null;

        internal override bool AllowsDifference(int difference) => true;

        internal override SuppressionReason? RefusesSum(SumBasis basis) => null;

        internal override double KronaStep(double largest) => 1000;

        internal override SuppressionReason? RefusesPool(IReadOnlyList<int> participants) => null;
    }
}
