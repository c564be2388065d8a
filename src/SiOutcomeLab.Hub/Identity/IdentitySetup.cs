using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Hub.Configuration;
using SiOutcomeLab.Hub.Features.Audit;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>Puts together what identity needs under the hub's options.</summary>
internal static class IdentitySetup
{
    public static void AddIdentity(this IServiceCollection services, HubOptions options)
    {
        if (options.Tls.IsOn)
        {
            services.AddSingleton(s => Loaded("tls.certificate", () => new ServerCertificate(
                options.Tls, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ServerCertificate>>())));
            services.AddSingleton(s => Loaded("tls.client_ca", () => new ClientCertificates(
                options.Tls, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ClientCertificates>>())));
        }

        if (options.Jwt.IsOn)
        {
            services.AddSingleton(s => Loaded("jwt.keys_file", () => Keys(
                options.Jwt, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<SignedTokens>>())));
            services.AddSingleton(s => new SignedTokens(
                options.Jwt, s.GetRequiredService<ISigningKeys>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<SignedTokens>>()));
        }

        services.AddSingleton(s => new Identification(
            s.GetRequiredService<IAccessTokens>(),
            s.GetRequiredService<IIdentityCatalogue>(),
            s.GetService<ClientCertificates>(),
            s.GetService<SignedTokens>(),
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AuditTrail>();
        services.AddHostedService(s => s.GetRequiredService<AuditTrail>());
    }

    private static ISigningKeys Keys(JwtOptions options, TimeProvider time, ILogger log) =>
        options.KeysFile is { } path ? new FileSigningKeys(path, time, log) : FetchedSigningKeys.Of(options, time, log);

    private static T Loaded<T>(string key, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new HubOptionsException([new OptionBreach(key, new($"kan inte läsas: {e.Message}", $"cannot be read: {e.Message}"))]);
        }
    }
}
