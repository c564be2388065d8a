namespace SiOutcomeLab.Domain.Identity;

/// <summary>What proved who a caller is.</summary>
public enum AuthenticationKind
{
    /// <summary>Nothing: no credentials, or none that work.</summary>
    None = 0,

    /// <summary>An access token of the hub's own making.</summary>
    AccessToken = 1,

    /// <summary>A client certificate.</summary>
    Certificate = 2,

    /// <summary>A signed token (JWT) of a trusted issuer.</summary>
    SignedToken = 3,

    /// <summary>A client certificate and an access token of the same organisation.</summary>
    CertificateAndAccessToken = 4,

    /// <summary>A client certificate and a signed token of the same organisation.</summary>
    CertificateAndSignedToken = 5,

    /// <summary>The hub itself: an act that no call asked for.</summary>
    Hub = 6,
}
