/** A file is always handed over to be saved, never opened as a page of this site. */
export function contentHeaders(answer: { mediaType: string; fileName?: string }): Record<string, string> {
  if (answer.fileName === undefined) return { 'content-type': answer.mediaType }
  const plain = answer.fileName.replace(/[^\w.-]+/g, '_')
  const encoded = encodeURIComponent(answer.fileName).replace(/['()*]/g, mark => `%${mark.charCodeAt(0).toString(16)}`)
  return {
    'content-type': answer.mediaType,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
  }
}
