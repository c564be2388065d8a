using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>Who is at the other end of a connection.</summary>
internal static class Peers
{
    private const string SubjectAlternativeName = "x509_subject_alternative_name";
    private const string CommonName = "x509_common_name";

    /// <summary>The address in gRPC's notation, with IPv4 in its own form also when the socket is dual.</summary>
    public static string AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? $"ipv4:{address}:{http.Connection.RemotePort}"
            : $"ipv6:[{address}]:{http.Connection.RemotePort}";
    }

    /// <summary>What the client's certificate proves; the server has validated it before.</summary>
    public static AuthContext AuthContextOf(HttpContext http)
    {
        var certificate = http.Connection.ClientCertificate;
        if (certificate is null) return new AuthContext(null, []);
        var properties = new Dictionary<string, List<AuthProperty>>(StringComparer.Ordinal);
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            properties[SubjectAlternativeName] = [.. extension.EnumerateDnsNames().Select(n => Property(SubjectAlternativeName, n))];
        }

        properties[CommonName] = [Property(CommonName, certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false))];
        return new AuthContext(properties.ContainsKey(SubjectAlternativeName) ? SubjectAlternativeName : CommonName, properties);
    }

    private static AuthProperty Property(string name, string value) => AuthProperty.Create(name, Encoding.UTF8.GetBytes(value));
}
