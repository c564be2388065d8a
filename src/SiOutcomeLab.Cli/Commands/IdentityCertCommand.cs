using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using SiOutcomeLab.Cli.Credentials;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Protos.Identity.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab identity cert new | list | revoke</c>: certificates of the lab's own authority.</summary>
internal static class IdentityCertCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create(CommandHost host) =>
        new("cert", host.T("Certifikat för hubbar och anropare.", "Certificates for hubs and callers.")) { New(host), List(host), Revoke(host) };

    private static Command New(CommandHost host)
    {
        var command = new Command("new", host.T("Utfärda ett certifikat med ny nyckel.", "Issue a certificate with a new key."));
        var folder = IdentityCaCommand.Folder(host);
        var organisation = new Option<string?>("--organisation") { Description = host.T("Anroparens organisation.", "The caller's organisation."), HelpName = "CODE" };
        var subject = new Option<string?>("--subject") { Description = host.T("Personen eller systemet.", "The person or system."), HelpName = "NAME" };
        var server = new Option<string?>("--server")
        {
            Description = host.T("I stället för en hubb: dess namn eller IP-adresser.", "For a hub instead: its host names or IP addresses."), HelpName = "HOST,HOST",
        };
        var days = IdentityCaCommand.Days(host, 365, "Hur länge det gäller", "How long it holds");
        var output = new Option<string>("--out")
        {
            Description = host.T("Filernas namn, utan ändelse.", "The files' name, without extension."), HelpName = "PATH", Required = true,
        };
        foreach (Option option in new Option[] { folder, organisation, subject, server, days, output }) command.Add(option);
        return host.WithAction(command, (parse, _) =>
        {
            var names = parse.GetValue(server)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
            var (code, who) = (parse.GetValue(organisation), parse.GetValue(subject));
            var isCaller = CodeRule.IsValid(code) && SubjectRule.IsValid(who);
            if ((names.Length > 0) == isCaller || (names.Length > 0 && (code ?? who) is not null))
            {
                throw new CommandException(
                    ExitCode.Usage,
                    new("Ange --organisation och --subject, eller --server.", "Give --organisation and --subject, or --server."),
                    new(
                        "Organisationen är en kod som 0180; personen eller systemet högst 100 tecken a–z, 0–9 . _ - @.",
                        "The organisation is a code such as 0180; the person or system at most 100 characters a–z, 0–9 . _ - @."));
            }

            var opened = AuthorityFolder.Open(parse.GetRequiredValue(folder));
            using var authority = opened.Authority();
            var lifetime = TimeSpan.FromDays(parse.GetValue(days));
            using var issued = names.Length > 0
                ? authority.IssueServer(names, host.Time.GetUtcNow(), lifetime)
                : authority.IssueClient(new OrganisationId(code!), who!, host.Time.GetUtcNow(), lifetime);
            var path = parse.GetRequiredValue(output);
            PrivateFile.WriteNew(path + ".key", issued.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
            File.WriteAllText(path + ".pem", issued.ExportCertificatePem() + "\n");
            opened.Keep(issued);
            host.Terminal.Line($"{path}.pem  {path}.key");
            host.Terminal.Line(host.T("serienummer ", "serial ") + issued.SerialNumber.ToLowerInvariant());
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static Command List(CommandHost host)
    {
        var command = new Command("list", host.T("Visa vad utfärdaren har utfärdat.", "Show what the authority has issued."));
        var folder = IdentityCaCommand.Folder(host);
        command.Add(folder);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, (parse, _) =>
        {
            var opened = AuthorityFolder.Open(parse.GetRequiredValue(folder));
            var issued = opened.Issued();
            if (parse.GetValue(json)) WriteJson(host, opened, issued);
            else WriteTable(host, opened, issued);
            foreach (var certificate in issued) certificate.Dispose();
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static Command Revoke(CommandHost host)
    {
        var command = new Command("revoke", host.T(
            "Spärra ett certifikat: hos utfärdaren (--ca-folder), och genast hos en hubb (--at-hub).",
            "Revoke a certificate: at the authority (--ca-folder), and at once at a hub (--at-hub)."));
        var serial = new Argument<string>("serial") { Description = host.T("Certifikatets serienummer.", "The certificate's serial number.") };
        var folder = new Option<string?>("--ca-folder") { Description = host.T("Utfärdarens mapp.", "The authority's folder."), HelpName = "DIR" };
        var atHub = new Option<bool>("--at-hub") { Description = host.T("Spärra också i hubben nu.", "Revoke in the hub too, now.") };
        var reason = new Option<string>("--reason") { Description = host.T("Varför.", "Why."), HelpName = "TEXT", DefaultValueFactory = _ => string.Empty };
        command.Add(serial);
        foreach (Option option in new Option[] { folder, atHub, reason }) command.Add(option);
        var hub = host.AddHubOptions(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var which = CredentialId.OfSerial(parse.GetRequiredValue(serial));
            if (which.Breach() is not null || (parse.GetValue(folder) is null && !parse.GetValue(atHub)))
            {
                throw new CommandException(
                    ExitCode.Usage,
                    new("Ange ett serienummer, och --ca-folder eller --at-hub.", "Give a serial number, and --ca-folder or --at-hub."),
                    new("Serienumren visas av silab identity cert list.", "silab identity cert list shows the serial numbers."));
            }

            if (parse.GetValue(folder) is { } path)
            {
                var now = host.Time.GetUtcNow();
                var opened = AuthorityFolder.Open(path);
                opened.Revoke([which.Value], now, now + IdentityCaCommand.RevocationsHold);
                host.Terminal.Line(host.T($"På spärrlistan: {opened.RevocationsPath}", $"On the revocation list: {opened.RevocationsPath}"));
            }

            if (parse.GetValue(atHub))
            {
                using var connection = hub.Connect(parse);
                await connection.Identity.RevokeCredentialAsync(
                    new RevokeCredentialRequest { Credential = new Credential { CertificateSerial = which.Value }, Reason = parse.GetValue(reason) },
                    connection.Options(cancellationToken));
                host.Terminal.Line(host.T("Spärrat i hubben.", "Revoked in the hub."));
            }

            return ExitCode.Ok;
        });
    }

    private static void WriteTable(CommandHost host, AuthorityFolder folder, IReadOnlyList<X509Certificate2> issued)
    {
        var table = new TextTable(
            new TextColumn(host.T("serienummer", "serial"), MaximumWidth: 32),
            new TextColumn(host.T("för", "for"), MaximumWidth: 40),
            new TextColumn(host.T("gäller till", "holds until")),
            new TextColumn(host.T("läge", "state")));
        foreach (var certificate in issued)
        {
            var state = folder.IsRevoked(certificate) ? host.T("spärrat", "revoked")
                : certificate.NotAfter.ToUniversalTime() < host.Time.GetUtcNow() ? host.T("utgånget", "expired") : host.T("gäller", "holds");
            table.Add(certificate.SerialNumber.ToLowerInvariant(), NameOf(certificate), Day(certificate.NotAfter), state);
        }

        table.Write(host.Terminal.Out);
    }

    private static void WriteJson(CommandHost host, AuthorityFolder folder, IReadOnlyList<X509Certificate2> issued)
    {
        var list = new JsonArray([.. issued.Select(certificate => (JsonNode)new JsonObject
        {
            ["serial"] = certificate.SerialNumber.ToLowerInvariant(),
            ["for"] = NameOf(certificate),
            ["sha256"] = certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(),
            ["notAfter"] = certificate.NotAfter.ToUniversalTime(),
            ["revoked"] = folder.IsRevoked(certificate),
        })]);
        host.Terminal.Line(list.ToJsonString(Indented));
    }

    // A caller's URI where there is one, a hub's common name otherwise.
    private static string NameOf(X509Certificate2 certificate) =>
        certificate.GetNameInfo(X509NameType.UrlName, false) is { Length: > 0 } uri ? uri : certificate.GetNameInfo(X509NameType.SimpleName, false);

    private static string Day(DateTime time) => SwedishDay.Text(time.ToUniversalTime());
}
