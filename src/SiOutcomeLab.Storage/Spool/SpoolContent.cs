using System.Security.Cryptography;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Spool;

/// <summary>An open spool file and what stands in it.</summary>
/// <param name="File">The file.</param>
/// <param name="Cipher">What seals and opens its frames.</param>
/// <param name="Index">Its frames.</param>
/// <param name="Hash">The SHA-256 of the upload's bytes in them, so far.</param>
/// <param name="IsDurable">True when all of it, and its name, is on the disk.</param>
internal sealed record SpoolContent(IDiskFile File, FrameCipher Cipher, FrameIndex Index, IncrementalHash Hash, bool IsDurable);

/// <summary>What is known of a durable file that nobody holds, so that the next holder need not read it all.</summary>
/// <param name="Index">Its frames.</param>
/// <param name="Hash">The SHA-256 of the upload's bytes in them, so far.</param>
internal sealed record ParkedUpload(FrameIndex Index, IncrementalHash Hash);
