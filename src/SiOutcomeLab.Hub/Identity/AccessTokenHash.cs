using System.Security.Cryptography;
using System.Text;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>An access token of the hub's own making, as it is kept.</summary>
internal static class AccessTokenHash
{
    public static string Of(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
