-- Drives the server from a headless Neovim as its user would, and prints what is seen; run by neovim.test.ts.
local program, file = vim.env.LINT_PROGRAM, vim.env.LINT_FILE
local function say(...)
  io.stdout:write(table.concat({ ... }, " ") .. "\n")
end
local function finish(message)
  if message then say("failed:", message) end
  vim.cmd(message and "cquit!" or "qall!")
end

vim.cmd("edit " .. file)
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({ name = "tappaas-lint", cmd = { vim.env.LINT_NODE, program, "lsp" }, root_dir = vim.fn.fnamemodify(file, ":h"), flags = { debounce_text_changes = 0 } })
if not client then finish("the server does not start") end
vim.lsp.buf_attach_client(buffer, client)

local function count(rule)
  local found = 0
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    if diagnostic.code == rule or (diagnostic.user_data and diagnostic.user_data.lsp and diagnostic.user_data.lsp.code == rule) then found = found + 1 end
  end
  return found
end
local function await(what, condition)
  if not vim.wait(20000, condition, 10) then finish("no " .. what) end
  say("seen:", what)
end
local function text()
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
end
local function place_of(needle)
  for index, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local start = line:find(needle, 1, true)
    if start then return index, start - 1 end
  end
  finish("there is no line " .. needle)
end
local function replace(from, to)
  local line, start = place_of(from)
  vim.api.nvim_buf_set_text(buffer, line - 1, start, line - 1, start + #from, { to })
end
local function go(needle)
  local line, column = place_of(needle)
  vim.api.nvim_win_set_cursor(0, { line, column })
end
-- Types as a person does: key by key, in insert mode, behind a text.
local function type_behind(needle, keys)
  go(needle)
  vim.fn.cursor(vim.fn.line("."), vim.fn.col(".") + #needle)
  for key in keys:gmatch(".") do
    local line, column = unpack(vim.api.nvim_win_get_cursor(0))
    vim.api.nvim_buf_set_text(buffer, line - 1, column, line - 1, column, { key })
    vim.api.nvim_win_set_cursor(0, { line, column + 1 })
    vim.wait(5)
  end
end
-- Picks the first choice whose title starts so, as a menu would.
local offered, wanted = {}, ""
vim.ui.select = function(items, options, choose)
  offered = {}
  for _, item in ipairs(items) do offered[#offered + 1] = (options.format_item(item)) end
  for index, item in ipairs(items) do
    if offered[index]:find(wanted, 1, true) == 1 then return choose(item, index) end
  end
  finish("not offered: " .. wanted .. "; but: " .. table.concat(offered, " | "))
end
local function act(title, options)
  wanted = title
  vim.lsp.buf.code_action(options)
end

await("the module's own finding", function() return count("firewall-enabled") == 1 end)
if count("grow-partition") ~= 0 then finish("a finding that should not be there") end

replace("growPartition = true", "growPartition = ")
type_behind("growPartition = ", "false")
await("a violation that was typed", function() return count("grow-partition") == 1 end)
replace("growPartition = false", "growPartition = true")
await("it gone again", function() return count("grow-partition") == 0 end)

go("hostName")
vim.lsp.buf.hover()
local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n") end
  end
  return ""
end
await("what NixOS takes for the host name", function() return floating():find('`networking.hostName` = `"wiki"` (mkDefault, 1000)', 1, true) ~= nil end)

go("false")
act("Write `true`")
await("the quick fix", function() return text():find("firewall.enable = true;", 1, true) ~= nil and count("firewall-enabled") == 0 end)

replace("firewall.enable = true", "firewall.enable = false")
await("the finding again", function() return count("firewall-enabled") == 1 end)
go("false")
act("Suppress `firewall-enabled` on this line")
await("it kept back", function() return text():find("# tappaas-lint: disable-next-line firewall-enabled -- reason", 1, true) ~= nil and count("firewall-enabled") == 0 end)
vim.cmd("silent undo")
await("the finding after an undo", function() return count("firewall-enabled") == 1 end)

act("Fix all that can safely be fixed", { context = { only = { "source.fixAll.tappaas-lint" }, diagnostics = {} } })
await("all fixed", function() return text():find("firewall.enable = true;", 1, true) ~= nil and count("unused-version") == 0 and text():find("old =", 1, true) == nil end)
finish()
