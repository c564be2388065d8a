using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

public abstract class IdentityCatalogueContract : CatalogueContract
{
    private static readonly OrganisationId Umea = SampleSubmissions.Umea;
    private static readonly RoleGrant Anna = new(Umea, "anna", Role.Analyst);
    private static readonly CredentialId Serial = CredentialId.OfSerial("0A:1B");
    private static readonly DateTimeOffset At = SampleSubmissions.Time;

    [Fact(Timeout = Limit)]
    public async Task Rights_GrantedRoles_AreTheSubjectsOwnAndSurviveARestart()
    {
        Assert.True(await Catalogue.Identity.GrantAsync(Anna, "lab/eva", At, Cancel));
        Assert.True(await Catalogue.Identity.GrantAsync(Anna with { Role = Role.Submitter }, "lab/eva", At, Cancel));
        Assert.False(await Catalogue.Identity.GrantAsync(Anna, "lab/eva", At, Cancel));
        await ReopenAsync();

        Assert.Equal([Role.Submitter, Role.Analyst], (await Catalogue.Identity.RightsOfAsync(Umea, "anna", [], Cancel)).Roles.Order());
        Assert.Empty((await Catalogue.Identity.RightsOfAsync(Umea, "Anna", [], Cancel)).Roles);
        Assert.Empty((await Catalogue.Identity.RightsOfAsync(new OrganisationId("0180"), "anna", [], Cancel)).Roles);
    }

    [Fact(Timeout = Limit)]
    public async Task Rights_RemovedRole_IsGone()
    {
        await Catalogue.Identity.GrantAsync(Anna, "lab/eva", At, Cancel);

        Assert.True(await Catalogue.Identity.RemoveAsync(Anna, Cancel));
        Assert.False(await Catalogue.Identity.RemoveAsync(Anna, Cancel));
        Assert.Empty((await Catalogue.Identity.RightsOfAsync(Umea, "anna", [], Cancel)).Roles);
    }

    [Fact(Timeout = Limit)]
    public async Task Rights_AnyRevokedCredential_IsTold()
    {
        await Catalogue.Identity.GrantAsync(Anna, "lab/eva", At, Cancel);
        var token = new CredentialId(CredentialKind.TokenId, "a1b");

        Assert.True(await Catalogue.Identity.RevokeAsync(new Revocation(Serial, "lost", "lab/eva", At), Cancel));
        Assert.False(await Catalogue.Identity.RevokeAsync(new Revocation(Serial, "again", "lab/eva", At), Cancel));

        Assert.True((await Catalogue.Identity.RightsOfAsync(Umea, "anna", [token, CredentialId.OfSerial("a1b")], Cancel)).IsRevoked);
        var others = await Catalogue.Identity.RightsOfAsync(Umea, "anna", [token], Cancel);
        Assert.False(others.IsRevoked);
        Assert.Equal([Role.Analyst], others.Roles);
        var listed = Assert.Single(await Catalogue.Identity.ListRevocationsAsync(null, 10, Cancel));
        Assert.Equal(new Revocation(Serial, "lost", "lab/eva", At), listed);
    }

    [Fact(Timeout = Limit)]
    public async Task List_InPages_GivesEachRowOnce()
    {
        RoleGrant[] rows =
        [
            new(new OrganisationId("0180"), "a", Role.Analyst), new(new OrganisationId("0180"), "b", Role.Submitter),
            new(Umea, "a", Role.Submitter), new(Umea, "a", Role.Analyst),
        ];
        foreach (var row in rows) await Catalogue.Identity.GrantAsync(row, "lab/eva", At, Cancel);

        var first = await Catalogue.Identity.ListGrantsAsync(null, null, 3, Cancel);
        var second = await Catalogue.Identity.ListGrantsAsync(null, first[^1], 3, Cancel);

        Assert.Equal(rows.OrderBy(r => r.Organisation.Code, StringComparer.Ordinal).ThenBy(r => r.Subject, StringComparer.Ordinal).ThenBy(r => r.Role), [.. first, .. second]);
        Assert.Equal(2, (await Catalogue.Identity.ListGrantsAsync(Umea, null, 10, Cancel)).Count);
    }
}
