namespace SiOutcomeLab.Hub.Configuration;

/// <summary>
/// Marks an option that names a file or folder: in a configuration file a relative path counts from that file's folder, so that it
/// means the same whoever starts the hub from wherever.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionPathAttribute : Attribute;
