using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

public abstract class AccessTokensContract : CatalogueContract
{
    private static readonly string Hash = SampleSubmissions.Sha256("a token");
    private static readonly DateTimeOffset Expires = SampleSubmissions.Time.AddHours(1);

    private static readonly Caller Anna =
        new(SampleSubmissions.Umea, "anna", new HashSet<Role> { Role.Analyst, Role.Submitter });

    [Fact(Timeout = Limit)]
    public async Task Find_Unexpired_IsTheCaller()
    {
        await Catalogue.Tokens.AddAsync(Hash, Anna, Expires, Cancel);
        await ReopenAsync();

        var found = await Catalogue.Tokens.FindAsync(Hash, Expires.AddTicks(-1), Cancel);

        Assert.Equal((Anna.Organisation, Anna.Subject), (found!.Organisation, found.Subject));
        Assert.Equal(Anna.Roles.Order(), found.Roles.Order());
    }

    [Fact(Timeout = Limit)]
    public async Task Find_ExpiredUnknownOrRevoked_IsNobody()
    {
        await Catalogue.Tokens.AddAsync(Hash, Anna, Expires, Cancel);

        Assert.Null(await Catalogue.Tokens.FindAsync(Hash, Expires, Cancel));
        Assert.Null(await Catalogue.Tokens.FindAsync(SampleSubmissions.Sha256("another"), SampleSubmissions.Time, Cancel));
        Assert.True(await Catalogue.Tokens.RevokeAsync(Hash, Cancel));
        Assert.Null(await Catalogue.Tokens.FindAsync(Hash, SampleSubmissions.Time, Cancel));
        Assert.False(await Catalogue.Tokens.RevokeAsync(Hash, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Find_TimeInAnotherZone_IsTheSameMoment()
    {
        await Catalogue.Tokens.AddAsync(Hash, Anna, Expires.ToOffset(TimeSpan.FromHours(-5)), Cancel);

        Assert.NotNull(await Catalogue.Tokens.FindAsync(Hash, Expires.AddMinutes(-1).ToOffset(TimeSpan.FromHours(9)), Cancel));
        Assert.Null(await Catalogue.Tokens.FindAsync(Hash, Expires.AddMinutes(1).ToOffset(TimeSpan.FromHours(-9)), Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Add_AgainForTheSameSubject_RenewsRolesAndExpiry()
    {
        await Catalogue.Tokens.AddAsync(Hash, Anna, Expires, Cancel);
        await Catalogue.Tokens.AddAsync(Hash, Anna with { Roles = new HashSet<Role> { Role.Steward } }, Expires.AddDays(1), Cancel);

        var found = await Catalogue.Tokens.FindAsync(Hash, Expires, Cancel);

        Assert.Equal([Role.Steward], found!.Roles);
    }

    [Fact(Timeout = Limit)]
    public async Task Add_ForAnotherSubject_IsRefused()
    {
        await Catalogue.Tokens.AddAsync(Hash, Anna, Expires, Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Catalogue.Tokens.AddAsync(Hash, Anna with { Subject = "bertil" }, Expires, Cancel));
        Assert.Equal("anna", (await Catalogue.Tokens.FindAsync(Hash, SampleSubmissions.Time, Cancel))!.Subject);
    }

    [Fact(Timeout = Limit)]
    public async Task Add_TheTokenItself_IsRefusedWithoutRepeatingIt()
    {
        const string Token = "silab_live_0123456789";

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Catalogue.Tokens.AddAsync(Token, Anna, Expires, Cancel));

        Assert.DoesNotContain(Token, refused.Message, StringComparison.Ordinal);
    }
}
