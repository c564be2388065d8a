using Microsoft.AspNetCore.Http;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>A call that came over HTTP.</summary>
internal interface IHttpCall
{
    HttpContext HttpContext { get; }
}
