using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Keys;

/// <summary>
/// What wrapped secrets are for. Whoever wraps, unwraps or wraps anew takes the purpose from here: a rotation of the hub's keys must find
/// the same words.
/// </summary>
public static class SecretPurpose
{
    /// <summary>The hub's key for a project's persons.</summary>
    public static string PersonKey(ProjectId project) => "person key " + project.Code;

    /// <summary>The key of an upload's files in the spool.</summary>
    public static string UploadKey(string uploadId) => "upload key " + uploadId;
}
