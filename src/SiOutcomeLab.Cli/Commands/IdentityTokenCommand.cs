using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Credentials;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Protos.Identity.V1;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab identity jwt-key new</c> and <c>silab identity token new | list | revoke</c>: signed tokens of the lab's own issuer.</summary>
internal static class IdentityTokenCommand
{
    public static Command CreateKey(CommandHost host)
    {
        var command = new Command("new", host.T("Gör en nyckel som signerar token.", "Make a key that signs tokens."));
        var output = new Option<string>("--out") { Description = host.T("Den nya nyckelfilen, PEM.", "The new key file, PEM."), HelpName = "FILE", Required = true };
        var jwks = new Option<string>("--jwks")
        {
            Description = host.T("De publika nycklarna; finns filen läggs nyckeln till.", "The public keys; the key is added to the file if there is one."),
            HelpName = "FILE",
            Required = true,
        };
        command.Add(output);
        command.Add(jwks);
        var made = host.WithAction(command, (parse, _) =>
        {
            using var signer = TokenSigner.Create();
            PrivateFile.WriteNew(parse.GetRequiredValue(output), signer.PrivatePem());
            var path = parse.GetRequiredValue(jwks);
            File.WriteAllText(path, signer.AddTo(File.Exists(path) ? File.ReadAllText(path) : null));
            host.Terminal.Line(host.T($"Ny nyckel {signer.KeyId}. Till hubben (jwt.keys_file): {path}", $"New key {signer.KeyId}. For the hub (jwt.keys_file): {path}"));
            return Task.FromResult(ExitCode.Ok);
        });
        return new Command("jwt-key", host.T("Nycklar som signerar token.", "Keys that sign tokens.")) { made };
    }

    public static Command Create(CommandHost host) =>
        new("token", host.T("Token som visar vem man är.", "Tokens that prove who one is.")) { New(host), List(host), Revoke(host) };

    private static Command New(CommandHost host)
    {
        var command = new Command("new", host.T("Signera en token; den skrivs på standardutmatningen.", "Sign a token; it goes to standard output."));
        var key = Required("--jwt-key", "FILE", host.T("Nyckeln, PEM.", "The key, PEM."));
        var issuer = Required("--issuer", "TEXT", host.T("Utfärdaren, som hubbens jwt.issuer.", "The issuer, as the hub's jwt.issuer."));
        var audience = Required("--audience", "TEXT", host.T("Hubben, som dess jwt.audience.", "The hub, as its jwt.audience."));
        var organisation = Required("--organisation", "CODE", host.T("Anroparens organisation.", "The caller's organisation."));
        var subject = Required("--subject", "NAME", host.T("Personen eller systemet.", "The person or system."));
        var minutes = new Option<int>("--minutes") { Description = host.T("Hur länge den gäller (60).", "How long it holds (60)."), HelpName = "N", DefaultValueFactory = _ => 60 };
        var roles = new Option<string?>("--roles") { Description = host.T("Bara dessa av rollerna.", "Only these of the roles."), HelpName = "ROLE,ROLE" };
        var bound = new Option<string?>("--bound-to")
        {
            Description = host.T("Certifikatet, PEM, som token bara gäller tillsammans med.", "The certificate, PEM, that the token only works with."), HelpName = "FILE",
        };
        foreach (Option option in new Option[] { key, issuer, audience, organisation, subject, minutes, roles, bound }) command.Add(option);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var narrowed = new List<Role>();
            foreach (var word in parse.GetValue(roles)?.Split(',') ?? [])
            {
                narrowed.Add(RoleWords.TryParse(word, out var role) ? role : throw NotThere(host, word));
            }

            var (code, who) = (parse.GetRequiredValue(organisation), parse.GetRequiredValue(subject));
            if (!CodeRule.IsValid(code)) throw NotThere(host, code);
            if (!SubjectRule.IsValid(who)) throw NotThere(host, who);
            using var certificate = parse.GetValue(bound) is { } path ? X509CertificateLoader.LoadCertificateFromFile(path) : null;
            using var signer = Signer(await File.ReadAllTextAsync(parse.GetRequiredValue(key), cancellationToken), parse.GetRequiredValue(key));
            var content = new TokenContent(
                parse.GetRequiredValue(issuer), parse.GetRequiredValue(audience), new OrganisationId(code), who, narrowed, certificate);
            var (token, id) = signer.Sign(content, host.Time.GetUtcNow(), TimeSpan.FromMinutes(parse.GetValue(minutes)));
            host.Terminal.Line(token);
            host.Terminal.Note(host.T($"jti {id} (med den kan token spärras)", $"jti {id} (by which the token can be revoked)"));
            return ExitCode.Ok;
        });
    }

    private static Command List(CommandHost host)
    {
        var command = new Command("list", host.T("Visa hubbens egna åtkomsttoken som gäller.", "Show the hub's own access tokens that work."));
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            if (parse.GetValue(json))
            {
                await ProtoJson.WriteArrayAsync(host.Terminal.Out, connection.AccessTokensAsync(cancellationToken), cancellationToken);
                return ExitCode.Ok;
            }

            var table = new TextTable(
                new TextColumn("SHA-256", MaximumWidth: 64),
                new TextColumn(host.T("för", "for"), MaximumWidth: 40),
                new TextColumn(host.T("gäller till", "holds until")));
            await foreach (var token in connection.AccessTokensAsync(cancellationToken))
            {
                table.Add(token.Sha256, $"{token.Organisation}/{token.Subject}", TimeText.Minute(token.ExpiresAt));
            }

            table.Write(host.Terminal.Out);
            return ExitCode.Ok;
        });
    }

    private static Command Revoke(CommandHost host)
    {
        var command = new Command("revoke", host.T(
            "Spärra en token i hubben: en signerad efter sin jti, hubbens egen efter sin SHA-256.",
            "Revoke a token in the hub: a signed one by its jti, the hub's own by its SHA-256."));
        var id = new Option<string?>("--jti") { Description = host.T("Den signerade tokens id.", "The signed token's id."), HelpName = "ID" };
        var sha256 = new Option<string?>("--sha256") { Description = host.T("Åtkomsttokens SHA-256.", "The access token's SHA-256."), HelpName = "HEX" };
        var reason = new Option<string>("--reason") { Description = host.T("Varför.", "Why."), HelpName = "TEXT", DefaultValueFactory = _ => string.Empty };
        foreach (Option option in new Option[] { id, sha256, reason }) command.Add(option);
        var hub = host.AddHubOptions(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var (jti, hash) = (parse.GetValue(id), parse.GetValue(sha256));
            if ((jti is null) == (hash is null))
            {
                throw new CommandException(ExitCode.Usage, new("Ange --jti eller --sha256.", "Give --jti or --sha256."), new("En av dem.", "One of them."));
            }

            using var connection = hub.Connect(parse);
            var response = await connection.Identity.RevokeCredentialAsync(
                new RevokeCredentialRequest
                {
                    Credential = jti is not null ? new Credential { TokenId = jti } : new Credential { AccessTokenSha256 = hash },
                    Reason = parse.GetValue(reason),
                },
                connection.Options(cancellationToken));
            host.Terminal.Line(response.WasRevoked ? host.T("Gällde inte längre.", "It worked no longer.") : host.T("Spärrad.", "Revoked."));
            return ExitCode.Ok;
        });
    }

    private static Option<string> Required(string name, string help, string description) => new(name) { Description = description, HelpName = help, Required = true };

    private static TokenSigner Signer(string pem, string path)
    {
        try
        {
            return TokenSigner.Read(pem);
        }
        catch (CryptographicException e)
        {
            throw new CommandException(
                ExitCode.InputUnreadable,
                new($"{path} är ingen nyckel som signerar token.", $"{path} is no key that signs tokens."),
                new("Gör en med silab identity jwt-key new.", "Make one with silab identity jwt-key new."),
                [e.Message]);
        }
    }

    private static CommandException NotThere(CommandHost host, string word) => new(
        ExitCode.Usage,
        new($"”{word}” går inte att använda.", $"\"{word}\" cannot be used."),
        new(
            $"Roller: {string.Join(", ", RoleWords.Grantable.Select(RoleWords.Of))}. Organisation: en kod som 0180.",
            $"Roles: {string.Join(", ", RoleWords.Grantable.Select(RoleWords.Of))}. Organisation: a code such as 0180."),
        [host.T("på kommandoraden", "on the command line")]);
}
