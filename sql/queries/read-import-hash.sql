-- The SHA-256 of the file of an import, which names what is kept of it on disk. $1 id.
select sha256 from import where id = $1
