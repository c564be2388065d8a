using System.Security.Cryptography;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Intake.Rewriting;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.EndToEnd.Tests;

/// <summary>What a lake holds of a delivery's observations beside what it must hold, found without the hub's help: hashes.</summary>
internal static class LakeContent
{
    /// <summary>What must be there of a delivery, made anew from the file that was sent: every row, under the hub's pseudonyms.</summary>
    public static async Task<string> OfDeliveryAsync(string delivery, byte[] personKey)
    {
        await using var sent = File.OpenRead(Path.Combine(delivery, "observations.parquet"));
        using var target = new MemoryStream();
        return LakeRewriter.Rewrite(sent, SubmissionPart.Observations, target, new PersonRekeyer(personKey), threads: 2, Cancel.Token).Sha256;
    }

    /// <summary>What is there; the failure's name when it is not there, or of another length.</summary>
    public static async Task<string> OfAsync(ILake lake, LakeObject named)
    {
        try
        {
            await using var stream = await lake.OpenReadAsync(named, Cancel.Token);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, Cancel.Token));
        }
        catch (Exception e) when (e is LakeObjectMissingException or LakeObjectDamagedException)
        {
            return e.GetType().Name;
        }
    }
}
